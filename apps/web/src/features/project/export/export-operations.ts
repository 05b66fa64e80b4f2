// What an export can be narrowed down by.
import { graphql } from "../../../gql/index.ts";

export const EXPORT_WORDS = graphql(`
  query ExportWords($projectId: ID!) {
    project(id: $projectId) {
      id
      labels {
        id
        key
        name
        letter
        color
      }
      members {
        user {
          id
          name
        }
      }
    }
  }
`);

export const EXPORT_DOCUMENTS = graphql(`
  query ExportDocuments($projectId: ID!, $query: String) {
    project(id: $projectId) {
      id
      documents(first: 20, query: $query) {
        nodes {
          id
          title
        }
      }
    }
  }
`);

export const EXPORT_DOCUMENT = graphql(`
  query ExportDocument($id: ID!) {
    document(id: $id) {
      id
      title
    }
  }
`);
