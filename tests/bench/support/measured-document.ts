// What is watched and written while it is measured, made through the API: a document, and people who may read it.
import type { ConcordProcess } from "./concord-process.ts";

/** A document, and what a writer needs to annotate it. */
export interface MeasuredDocument {
  projectId: string;
  documentId: string;
  labelId: string;
}

/** A project with one document. */
export async function makeDocument(concord: ConcordProcess): Promise<MeasuredDocument> {
  const { createProject } = await concord.ask<{
    createProject: { project: { id: string; labels: { id: string }[] } };
  }>(`mutation { createProject(input: { name: "Measured" }) { project { id labels { id } } } }`);
  const [label] = createProject.project.labels;
  if (!label) throw new Error("no label to annotate with");
  const place = { projectId: createProject.project.id, labelId: label.id };
  return { ...place, documentId: await addDocument(concord, place.projectId) };
}

/** One more document for a project; its id. */
export async function addDocument({ ask }: ConcordProcess, projectId: string): Promise<string> {
  const text = "The minister said that the bridge would open in May. ".repeat(40);
  const { importDocuments } = await ask<{ importDocuments: { documents: { id: string }[] } }>(
    `mutation ($i: ImportDocumentsInput!) { importDocuments(input: $i) { documents { id } } }`,
    { i: { projectId, documents: [{ title: "A report", text }] } },
  );
  const [document] = importDocuments.documents;
  if (!document) throw new Error("no document to annotate");
  return document.id;
}

/** Makes an annotation; answers the revision it has. */
export async function annotate(
  { ask }: ConcordProcess,
  { documentId, labelId }: MeasuredDocument,
  start: number,
  clientMutationId?: string,
): Promise<number> {
  const fragments = [{ start: start % 2_000, end: (start % 2_000) + 20 }];
  const { createAnnotation } = await ask<{ createAnnotation: { revision: number } }>(
    `mutation ($i: CreateAnnotationInput!) { createAnnotation(input: $i) { revision } }`,
    { i: { documentId, labelId, fragments, ...(clientMutationId && { clientMutationId }) } },
  );
  return createAnnotation.revision;
}

/** People who may read a project, by their tokens. */
export async function inviteReaders(
  { ask }: ConcordProcess,
  projectId: string,
  count: number,
): Promise<string[]> {
  const invite = async () => {
    const { createInvitation } = await ask<{ createInvitation: { token: string } }>(
      `mutation ($i: CreateInvitationInput!) { createInvitation(input: $i) { token } }`,
      { i: { projectId, role: "VIEWER" } },
    );
    const { acceptInvitation } = await ask<{ acceptInvitation: { accessToken: string } }>(
      `mutation ($i: AcceptInvitationInput!) { acceptInvitation(input: $i) { accessToken } }`,
      { i: { token: createInvitation.token, name: "Reader" } },
      null,
    );
    return acceptInvitation.accessToken;
  };
  const tokens: string[] = [];
  for (let index = 0; index < count; index++) tokens.push(await invite());
  return tokens;
}
