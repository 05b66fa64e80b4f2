// Every GraphQL operation of the workbench. Annotations, relations and comments come without their neighbours: the store
// joins them. The three fragments are found by name, by the code generator and by the operations that spread them.
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

graphql(`
  fragment CommentFields on Comment {
    id body createdAt resolvedAt
    annotation { id }
    author { id name }
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
        id name viewerRole archivedAt revision
        labels { ...ProjectLabel_label }
        relationTypes { ...ProjectRelationType_relationType }
      }
    }
  }
`);

/** What may change while the document is open, besides what is on it. */
export const STANDING = graphql(`
  query WorkbenchStanding($id: ID!, $projectId: ID!) {
    document(id: $id) {
      id
      archivedAt
      nextVersion { id }
    }
    project(id: $projectId) { id viewerRole archivedAt }
  }
`);

export const DOCUMENT_REVISION = graphql(`
  query WorkbenchRevision($id: ID!) {
    document(id: $id) { id revision }
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

export const COMMENT_PAGE = graphql(`
  query WorkbenchComments($id: ID!, $first: Int!, $after: String) {
    document(id: $id) {
      id
      comments(first: $first, after: $after) {
        nodes { ...CommentFields }
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
        nodes { id title annotationCount myStatus }
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
        ... on AnnotationSaved { annotation { ...AnnotationFields relations { ...RelationFields } comments { ...CommentFields } } }
        ... on AnnotationDeleted { annotationId relationIds }
        ... on RelationSaved { relation { ...RelationFields } }
        ... on RelationDeleted { relationId }
        ... on CommentSaved { comment { ...CommentFields } }
        ... on CommentDeleted { commentId }
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

// A restored annotation comes back with its relations and comments, which the payload's annotation names.
export const RESTORE_ANNOTATION = graphql(`
  mutation RestoreAnnotation($input: RestoreAnnotationInput!) {
    restoreAnnotation(input: $input) { revision annotation { ...AnnotationFields relations { ...RelationFields } comments { ...CommentFields } } }
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

export const RESTORE_RELATION = graphql(`
  mutation RestoreRelation($input: RestoreRelationInput!) {
    restoreRelation(input: $input) { revision relation { ...RelationFields } }
  }
`);

export const CREATE_COMMENT = graphql(`
  mutation CreateComment($input: CreateCommentInput!) {
    createComment(input: $input) { revision comment { ...CommentFields } }
  }
`);

export const UPDATE_COMMENT = graphql(`
  mutation UpdateComment($input: UpdateCommentInput!) {
    updateComment(input: $input) { revision comment { ...CommentFields } }
  }
`);

export const DELETE_COMMENT = graphql(`
  mutation DeleteComment($input: DeleteCommentInput!) {
    deleteComment(input: $input) { revision commentId }
  }
`);

export const RESTORE_COMMENT = graphql(`
  mutation RestoreComment($input: RestoreCommentInput!) {
    restoreComment(input: $input) { revision comment { ...CommentFields } }
  }
`);
