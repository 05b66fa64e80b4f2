// What the workbench asks and says of how far people are with a document.
import { graphql } from "../../../gql/gql.ts";

export const DOCUMENT_STATUS = graphql(`
  query WorkbenchStatus($id: ID!) {
    document(id: $id) {
      id
      ...WorkStatus_document
    }
  }
`);

export const SET_STATUS = graphql(`
  mutation SetDocumentStatus($input: SetDocumentStatusInput!) {
    setDocumentStatus(input: $input) {
      document {
        id
        ...WorkStatus_document
      }
    }
  }
`);
