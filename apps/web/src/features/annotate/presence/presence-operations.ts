// The GraphQL of presence.
import { graphql } from "../../../gql/gql.ts";

export const DOCUMENT_PRESENCE = graphql(`
  subscription WorkbenchPresence($documentId: ID!) {
    documentPresence(documentId: $documentId) {
      personCount
      tabs {
        tabId
        user { id name }
        reading { start end }
        selection { start end }
        annotationId
        editing
      }
    }
  }
`);

export const SET_PRESENCE = graphql(`
  mutation SetPresence($input: SetPresenceInput!) {
    setPresence(input: $input) { expiresAt }
  }
`);

export const LEAVE_PRESENCE = graphql(`
  mutation LeavePresence($input: LeavePresenceInput!) {
    leavePresence(input: $input) { tabId }
  }
`);
