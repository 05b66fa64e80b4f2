/** What a newcomer finds in the editor. */
export const FIRST_QUERY = `# Ctrl+Enter runs it, Ctrl+Space completes.
# The book on the left explains every field.

query WhatIsHere {
  viewer {
    name
  }
  projects {
    nodes {
      name
      viewerRole
      documents(first: 3) {
        totalCount
        nodes {
          id
          title
          annotations(first: 5) {
            nodes {
              label {
                key
              }
              span {
                quote
              }
              createdBy {
                name
              }
            }
          }
        }
      }
    }
  }
}
`;
