// Reads a document for the workbench: first the text with the codebook, which can be shown at once, then annotations,
// relations and comments page by page. Pages stay right while others write; what changes meanwhile comes again by the subscription,
// from the revision that was read with the text.
import type { ApolloClient } from "@apollo/client";
import { ProjectCodebookDocument } from "../../frame/project-changes/operations.ts";
import type { Role } from "../../gql/graphql.ts";
import type { Annotation, Comment, Label, Person, Relation, RelationType } from "./model/entities.ts";
import { toAnnotation, toComment, toLabel, toRelation, toRelationType } from "./model/from-graphql.ts";
import { ANNOTATION_PAGE, COMMENT_PAGE, DOCUMENT_TEXT, RELATION_PAGE } from "./operations.ts";
import type { VersionLink } from "./version-number.ts";

export interface OpenDocument {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly language: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
  readonly revision: number;
  readonly viewer: Person;
  readonly archivedAt: string | null;
  readonly previousVersion: VersionLink | null;
  readonly nextVersion: { readonly id: string } | null;
  readonly project: {
    readonly id: string;
    readonly name: string;
    readonly viewerRole: Role;
    readonly archivedAt: string | null;
    readonly revision: number;
  };
  readonly labels: readonly Label[];
  readonly relationTypes: readonly RelationType[];
}

const PAGE = 4000;

/** Null when there is no such document for this person. */
export async function readDocument(client: ApolloClient, id: string): Promise<OpenDocument | null> {
  const { data } = await client.query({ query: DOCUMENT_TEXT, variables: { id }, fetchPolicy: "no-cache" });
  const viewer = data?.viewer;
  const document = data?.document;
  if (viewer == null || document == null) return null;
  const { project, ...rest } = document;
  // What may change under the open page is kept where the project's changes come in.
  client.writeQuery({
    query: ProjectCodebookDocument,
    variables: { id: project.id },
    data: { project },
  });
  return {
    ...rest,
    viewer,
    project: {
      id: project.id,
      name: project.name,
      viewerRole: project.viewerRole,
      archivedAt: project.archivedAt,
      revision: project.revision,
    },
    labels: project.labels.map(toLabel),
    relationTypes: project.relationTypes.map(toRelationType),
  };
}

async function readAnnotations(client: ApolloClient, id: string): Promise<Annotation[]> {
  const found: Annotation[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const { data }: Awaited<ReturnType<typeof annotationPage>> = await annotationPage(client, id, after);
    const page = data?.document?.annotations;
    found.push(...(page?.nodes.map(toAnnotation) ?? []));
    after = page?.pageInfo.endCursor ?? null;
    more = page?.pageInfo.hasNextPage === true;
  }
  return found;
}

function annotationPage(client: ApolloClient, id: string, after: string | null) {
  return client.query({
    query: ANNOTATION_PAGE,
    variables: { id, first: PAGE, after },
    fetchPolicy: "no-cache",
  });
}

async function readRelations(client: ApolloClient, id: string): Promise<Relation[]> {
  const found: Relation[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const { data }: Awaited<ReturnType<typeof relationPage>> = await relationPage(client, id, after);
    const page = data?.document?.relations;
    found.push(...(page?.nodes.map(toRelation) ?? []));
    after = page?.pageInfo.endCursor ?? null;
    more = page?.pageInfo.hasNextPage === true;
  }
  return found;
}

function relationPage(client: ApolloClient, id: string, after: string | null) {
  return client.query({
    query: RELATION_PAGE,
    variables: { id, first: PAGE, after },
    fetchPolicy: "no-cache",
  });
}

async function readComments(client: ApolloClient, id: string): Promise<Comment[]> {
  const found: Comment[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const { data }: Awaited<ReturnType<typeof commentPage>> = await commentPage(client, id, after);
    const page = data?.document?.comments;
    found.push(...(page?.nodes.map(toComment) ?? []));
    after = page?.pageInfo.endCursor ?? null;
    more = page?.pageInfo.hasNextPage === true;
  }
  return found;
}

function commentPage(client: ApolloClient, id: string, after: string | null) {
  return client.query({
    query: COMMENT_PAGE,
    variables: { id, first: PAGE, after },
    fetchPolicy: "no-cache",
  });
}

export async function readAllAnnotations(client: ApolloClient, id: string) {
  const [annotations, relations, comments] = await Promise.all([
    readAnnotations(client, id),
    readRelations(client, id),
    readComments(client, id),
  ]);
  return { annotations, relations, comments };
}
