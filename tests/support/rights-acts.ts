// Who may do what: the table that the tests of the rights are made from. docs/rights.md shows it to people.
import { randomUUID } from "node:crypto";
import type { Role, World } from "./rights-world.ts";

/** A mutation on a project's data, and the least role that may do it. */
export interface Act {
  name: string;
  least: Role;
  input: (world: World) => object;
  /** On work of one's own this role is enough. */
  own?: Role;
}

const range = { fragments: [{ start: 0, end: 1 }] };

/** Every mutation that is about a project. */
export const ACTS: readonly Act[] = [
  {
    name: "updateProject",
    least: "CURATOR",
    input: ({ fixture }) => ({ id: fixture.projectId, guidelines: "Read." }),
  },
  { name: "deleteProject", least: "OWNER", input: ({ fixture }) => ({ id: fixture.projectId }) },
  { name: "restoreProject", least: "OWNER", input: ({ deletedProjectId }) => ({ id: deletedProjectId }) },
  {
    name: "createLabel",
    least: "CURATOR",
    input: ({ fixture }) => ({ projectId: fixture.projectId, name: "x", color: "TEAL" }),
  },
  {
    name: "updateLabel",
    least: "CURATOR",
    input: ({ spareLabelId }) => ({ id: spareLabelId, expectedVersion: 1, name: "x" }),
  },
  { name: "moveLabel", least: "CURATOR", input: ({ spareLabelId }) => ({ id: spareLabelId }) },
  {
    name: "deleteLabel",
    least: "CURATOR",
    input: ({ spareLabelId }) => ({ id: spareLabelId, expectedVersion: 1 }),
  },
  {
    name: "mergeLabel",
    least: "CURATOR",
    input: ({ spareLabelId, fixture }) => ({ id: spareLabelId, intoId: fixture.labels.claim }),
  },
  {
    name: "createRelationType",
    least: "CURATOR",
    input: ({ fixture }) => ({
      projectId: fixture.projectId,
      name: "x",
      sourceLabelIds: [],
      targetLabelIds: [],
    }),
  },
  {
    name: "updateRelationType",
    least: "CURATOR",
    input: ({ spareTypeId }) => ({ id: spareTypeId, expectedVersion: 1, name: "x" }),
  },
  {
    name: "deleteRelationType",
    least: "CURATOR",
    input: ({ spareTypeId }) => ({ id: spareTypeId, expectedVersion: 1 }),
  },
  {
    name: "importDocuments",
    least: "CURATOR",
    input: ({ fixture }) => ({ projectId: fixture.projectId, documents: [{ title: "x", text: "x" }] }),
  },
  {
    name: "updateDocument",
    least: "CURATOR",
    input: ({ fixture }) => ({ id: fixture.documentId, title: "x" }),
  },
  { name: "deleteDocument", least: "CURATOR", input: ({ fixture }) => ({ id: fixture.documentId }) },
  {
    name: "restoreDocument",
    least: "CURATOR",
    input: ({ deletedDocumentId }) => ({ id: deletedDocumentId }),
  },
  {
    name: "createDocumentVersion",
    least: "CURATOR",
    input: ({ fixture }) => ({ documentId: fixture.documentId, text: "Another text." }),
  },
  {
    name: "setDocumentStatus",
    least: "ANNOTATOR",
    input: ({ fixture }) => ({ documentId: fixture.documentId, status: "DONE" }),
  },
  {
    name: "createAnnotation",
    least: "ANNOTATOR",
    input: ({ fixture }) => ({ documentId: fixture.documentId, labelId: fixture.labels.claim, ...range }),
  },
  {
    name: "updateAnnotation",
    least: "CURATOR",
    own: "ANNOTATOR",
    input: ({ annotationId }) => ({ id: annotationId, expectedVersion: 1, note: "x" }),
  },
  {
    name: "deleteAnnotation",
    least: "CURATOR",
    own: "ANNOTATOR",
    input: ({ speakerId }) => ({ id: speakerId, expectedVersion: 1 }),
  },
  {
    name: "restoreAnnotation",
    least: "CURATOR",
    own: "ANNOTATOR",
    input: ({ deletedAnnotationId }) => ({ id: deletedAnnotationId }),
  },
  {
    name: "createRelation",
    least: "ANNOTATOR",
    input: ({ fixture, speakerId, annotationId }) => ({
      typeId: fixture.relationTypes.states,
      sourceId: speakerId,
      targetId: annotationId,
    }),
  },
  {
    name: "deleteRelation",
    least: "CURATOR",
    own: "ANNOTATOR",
    input: ({ relationId }) => ({ id: relationId }),
  },
  {
    name: "restoreRelation",
    least: "CURATOR",
    own: "ANNOTATOR",
    input: ({ relationId }) => ({ id: relationId }),
  },
  {
    name: "createComment",
    least: "ANNOTATOR",
    input: ({ annotationId }) => ({ annotationId, body: "x" }),
  },
  {
    name: "updateComment",
    least: "CURATOR",
    own: "ANNOTATOR",
    input: ({ commentId }) => ({ id: commentId, body: "x" }),
  },
  {
    name: "deleteComment",
    least: "CURATOR",
    own: "ANNOTATOR",
    input: ({ commentId }) => ({ id: commentId }),
  },
  {
    name: "restoreComment",
    least: "CURATOR",
    own: "ANNOTATOR",
    input: ({ commentId }) => ({ id: commentId }),
  },
  {
    name: "createInvitation",
    least: "OWNER",
    input: ({ fixture }) => ({ projectId: fixture.projectId, role: "VIEWER" }),
  },
  { name: "revokeInvitation", least: "OWNER", input: ({ invitationId }) => ({ id: invitationId }) },
  {
    name: "setMemberRole",
    least: "OWNER",
    input: ({ fixture, memberId }) => ({ projectId: fixture.projectId, userId: memberId, role: "CURATOR" }),
  },
  {
    name: "removeMember",
    least: "OWNER",
    input: ({ fixture, memberId }) => ({ projectId: fixture.projectId, userId: memberId }),
  },
  {
    name: "setPresence",
    least: "VIEWER",
    input: ({ fixture }) => ({ documentId: fixture.documentId, tabId: randomUUID() }),
  },
  {
    name: "leavePresence",
    least: "VIEWER",
    input: ({ fixture }) => ({ documentId: fixture.documentId, tabId: randomUUID() }),
  },
  {
    name: "createPasswordReset",
    least: "OWNER",
    input: ({ fixture, passwordMemberId }) => ({ projectId: fixture.projectId, userId: passwordMemberId }),
  },
];

/** Mutations about nothing but who asks: everybody who is signed in may, but for making projects. */
export const PERSONAL_ACTS: readonly { name: string; input: () => object; refusal: string | null }[] = [
  { name: "createProject", input: () => ({ name: "x" }), refusal: "FORBIDDEN" },
  { name: "createAccessToken", input: () => ({ name: "x" }), refusal: null },
  { name: "revokeAccessToken", input: () => ({ id: randomUUID() }), refusal: "NOT_FOUND" },
  { name: "updateAccount", input: () => ({ name: "Another name" }), refusal: null },
  { name: "deleteAccount", input: () => ({}), refusal: null },
];

/** Mutations that work signed out, because a link stands for who comes. */
export const PUBLIC_ACTS: readonly string[] = ["acceptInvitation", "setUpOwner", "resetPassword"];

/** Fields that not everybody sees who sees what they are a part of: null for lesser roles. */
export const RESTRICTED_FIELDS: Readonly<Record<string, Role>> = {
  "Member.email": "OWNER",
  "Project.invitations": "OWNER",
  "Project.deletedDocuments": "CURATOR",
};

/** Root fields that answer signed out. */
export const PUBLIC_FIELDS: readonly string[] = ["viewer", "invitation", "setUpLinkWorks", "passwordReset"];
