// A project's own data as it is kept up to date while the project is open.
import { graphql } from "../../gql/index.ts";

export const ProjectLabelFragment = graphql(`
  fragment ProjectLabel_label on Label {
    id
    key
    name
    color
    letter
    shortcut
    description
    archivedAt
    version
    updatedAt
    updatedBy {
      id
      name
    }
    heir {
      id
    }
    parent {
      id
    }
    attributes {
      key
      name
      kind
      choices
      required
    }
  }
`);

export const ProjectRelationTypeFragment = graphql(`
  fragment ProjectRelationType_relationType on RelationType {
    id
    key
    name
    archivedAt
    version
    updatedAt
    updatedBy {
      id
      name
    }
    sourceLabels {
      id
    }
    targetLabels {
      id
    }
  }
`);

export const ChangedProjectFragment = graphql(`
  fragment ChangedProject_project on Project {
    id
    name
    description
    archivedAt
  }
`);

export const ChangedDocumentFragment = graphql(`
  fragment ChangedDocument_document on Document {
    id
    title
    language
    metadata
    archivedAt
    nextVersion {
      id
    }
  }
`);

/** The labels and relation types of a project, archived ones too. */
export const ProjectCodebookDocument = graphql(`
  query ProjectCodebook($id: ID!) {
    project(id: $id) {
      id
      labels {
        ...ProjectLabel_label
      }
      relationTypes {
        ...ProjectRelationType_relationType
      }
    }
  }
`);

export const ProjectRevisionDocument = graphql(`
  query ProjectRevision($id: ID!) {
    project(id: $id) {
      id
      revision
    }
  }
`);

export const ProjectChangesDocument = graphql(`
  subscription ProjectChanges($projectId: ID!, $afterRevision: Int!) {
    projectChanges(projectId: $projectId, afterRevision: $afterRevision) {
      fromRevision
      toRevision
      changes {
        __typename
        revision
        at
        author {
          id
          name
        }
        clientMutationId
        ... on ProjectSaved {
          parts
          project {
            ...ChangedProject_project
          }
        }
        ... on LabelSaved {
          label {
            ...ProjectLabel_label
          }
        }
        ... on LabelMerged {
          heirId
          annotationCount
          label {
            ...ProjectLabel_label
          }
        }
        ... on LabelDeleted {
          labelId
          name
        }
        ... on LabelsReordered {
          labelIds
        }
        ... on RelationTypeSaved {
          relationType {
            ...ProjectRelationType_relationType
          }
        }
        ... on RelationTypeDeleted {
          relationTypeId
          name
        }
        ... on MemberChanged {
          role
          user {
            id
            name
          }
        }
        ... on DocumentSaved {
          documentId
          title
          parts
          document {
            ...ChangedDocument_document
          }
        }
        ... on DocumentDeleted {
          documentId
          title
        }
        ... on DocumentStatusChanged {
          documentId
          status
          document {
            ...WorkStatus_document
          }
        }
        ... on DocumentsImported {
          documentCount
          documentIds
          codebookChanged
        }
        ... on DocumentsRemoved {
          documentCount
          documentIds
          codebookChanged
        }
      }
    }
  }
`);
