// Every GraphQL operation of the workbench. Annotations and relations come without their neighbours: the store joins them.
// The two fragments are found by name, by the code generator and by the operations that spread them.
import { graphql } from "../../gql/gql.ts";

graphql(`
  fragment AnnotationFields on Annotation {
    id version note attributes origin createdAt updatedAt
    label { id }
    span { quote fragments { start end } }
    createdBy { id name }
    updatedBy { id name }
  }
`);

graphql(`
  fragment RelationFields on Relation {
    id createdAt
    type { id }
    source { id }
    target { id }
    createdBy { id name }
  }
`);

export const DOCUMENT_TEXT = graphql(`
  query WorkbenchDocument($id: ID!) {
    viewer { id name }
    document(id: $id) {
      id title text language metadata createdAt revision
      archivedAt
      nextVersion { id }
      previousVersion { id previousVersion { id previousVersion { id previousVersion { id previousVersion { id } } } } }
      project {
        id name viewerRole archivedAt
        labels {
          id key name color letter shortcut description archivedAt
          attributes { key name kind choices required }
        }
        relationTypes { id key name sourceLabels { id } targetLabels { id } }
      }
    }
  }
`);

/** What may change while the document is open, besides what is on it. */
export const STANDING = graphql(`
  query WorkbenchStanding($id: ID!) {
    document(id: $id) {
      id
      archivedAt
      nextVersion { id }
      project { id viewerRole archivedAt }
    }
  }
`);

export const NOT_CARRIED = graphql(`
  query WorkbenchNotCarried($id: ID!) {
    document(id: $id) {
      id
      notCarried { ...NotCarried_notCarried }
    }
  }
`);

export const ANNOTATION_PAGE = graphql(`
  query WorkbenchAnnotations($id: ID!, $first: Int!, $after: String) {
    document(id: $id) {
      id
      annotations(first: $first, after: $after) {
        nodes { ...AnnotationFields }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export const RELATION_PAGE = graphql(`
  query WorkbenchRelations($id: ID!, $first: Int!, $after: String) {
    document(id: $id) {
      id
      relations(first: $first, after: $after) {
        nodes { ...RelationFields }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export const DOCUMENT_LIST = graphql(`
  query WorkbenchDocumentList($projectId: ID!, $after: String) {
    project(id: $projectId) {
      id
      documents(first: 200, after: $after, archived: false) {
        nodes { id title annotationCount }
        pageInfo { hasNextPage endCursor }
        totalCount
      }
    }
  }
`);

export const DOCUMENT_CHANGES = graphql(`
  subscription WorkbenchChanges($documentId: ID!, $afterRevision: Int!) {
    documentChanges(documentId: $documentId, afterRevision: $afterRevision) {
      fromRevision
      toRevision
      changes {
        __typename
        revision
        at
        author { id name }
        clientMutationId
        ... on AnnotationSaved { annotation { ...AnnotationFields relations { ...RelationFields } } }
        ... on AnnotationDeleted { annotationId relationIds }
        ... on RelationSaved { relation { ...RelationFields } }
        ... on RelationDeleted { relationId }
      }
    }
  }
`);

export const CREATE_ANNOTATION = graphql(`
  mutation CreateAnnotation($input: CreateAnnotationInput!) {
    createAnnotation(input: $input) { revision annotation { ...AnnotationFields } }
  }
`);

export const UPDATE_ANNOTATION = graphql(`
  mutation UpdateAnnotation($input: UpdateAnnotationInput!) {
    updateAnnotation(input: $input) { revision annotation { ...AnnotationFields } }
  }
`);

export const DELETE_ANNOTATION = graphql(`
  mutation DeleteAnnotation($input: DeleteAnnotationInput!) {
    deleteAnnotation(input: $input) { revision annotationId relationIds }
  }
`);

// A restored annotation comes back with its relations, which the payload's annotation names.
export const RESTORE_ANNOTATION = graphql(`
  mutation RestoreAnnotation($input: RestoreAnnotationInput!) {
    restoreAnnotation(input: $input) { revision annotation { ...AnnotationFields relations { ...RelationFields } } }
  }
`);

export const CREATE_RELATION = graphql(`
  mutation CreateRelation($input: CreateRelationInput!) {
    createRelation(input: $input) { revision relation { ...RelationFields } }
  }
`);

export const DELETE_RELATION = graphql(`
  mutation DeleteRelation($input: DeleteRelationInput!) {
    deleteRelation(input: $input) { revision relationId }
  }
`);
