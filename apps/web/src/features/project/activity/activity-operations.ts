// What the activity tab asks. Rows are as of the time they tell of, so none of this goes into the cache.
import { graphql } from "../../../gql/index.ts";

/** @public Read by the code generator. */
export const ActivityFragment = graphql(`
  fragment Activity_activity on Activity {
    at
    author {
      id
      name
    }
    document {
      id
      title
    }
    documentChange {
      __typename
      ... on AnnotationSaved {
        annotation {
          id
          version
          label {
            name
            color
            letter
          }
          span {
            quote
          }
        }
      }
      ... on RelationSaved {
        relation {
          type {
            name
          }
          source {
            id
            span {
              quote
            }
          }
          target {
            id
            span {
              quote
            }
          }
        }
      }
      ... on CommentSaved {
        comment {
          body
          createdAt
          updatedAt
          resolvedAt
          annotation {
            id
          }
        }
      }
    }
    projectChange {
      __typename
      ... on LabelSaved {
        label {
          name
          color
          letter
          version
        }
      }
      ... on LabelDeleted {
        name
      }
      ... on LabelMerged {
        label {
          name
          color
          letter
        }
      }
      ... on RelationTypeSaved {
        relationType {
          name
          version
        }
      }
      ... on RelationTypeDeleted {
        name
      }
      ... on MemberChanged {
        user {
          id
          name
        }
        role
      }
      ... on ProjectSaved {
        parts
      }
      ... on DocumentSaved {
        documentId
        title
        parts
      }
      ... on DocumentDeleted {
        title
      }
      ... on DocumentsImported {
        documentCount
      }
      ... on DocumentsRemoved {
        documentCount
      }
      ... on DocumentStatusChanged {
        status
      }
    }
  }
`);

export const PROJECT_ACTIVITY = graphql(`
  query ProjectActivity($projectId: ID!, $first: Int!, $after: String, $filter: ActivityFilterInput) {
    project(id: $projectId) {
      id
      activity(first: $first, after: $after, filter: $filter) {
        edges {
          cursor
          node {
            ...Activity_activity
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

export const ACTIVITY_PEOPLE = graphql(`
  query ActivityPeople($projectId: ID!) {
    project(id: $projectId) {
      id
      members {
        user {
          id
          name
        }
      }
    }
  }
`);

export const ACTIVITY_DOCUMENTS = graphql(`
  query ActivityDocuments($projectId: ID!, $query: String) {
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

export const ACTIVITY_DOCUMENT = graphql(`
  query ActivityDocument($id: ID!) {
    document(id: $id) {
      id
      title
    }
  }
`);
