// A clientMutationId makes a mutation repeatable: the same content gets the first outcome, whatever happened since.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  annotate,
  type Fixture,
  invite,
  makeFixture,
  mutation,
  startServer,
  type TestServer,
} from "../support/server.ts";

let server: TestServer;
let fixture: Fixture;
let projectId: string;
beforeAll(async () => {
  server = await startServer();
});
beforeEach(async () => {
  fixture = await makeFixture(server);
  projectId = fixture.projectId;
});
afterAll(() => server.dispose());

const SAVED =
  "clientMutationId revision annotation { id version note attributes createdAt updatedAt updatedBy { id } label { key } span { id quote fragments { start end } } }";

const create = (more: object = {}) => ({
  clientMutationId: randomUUID(),
  documentId: fixture.documentId,
  labelId: fixture.labels.claim,
  fragments: [{ start: 0, end: 3 }],
  ...more,
});

interface Saved {
  clientMutationId: string;
  revision: number;
  annotation: { id: string; version: number; note: string };
}

const saved = (name: string, input: object, token?: string) =>
  server.mutate<Saved>(name, input, SAVED, token);

async function present(): Promise<{ revision: number; annotationCount: number }> {
  const { document } = await server.must<{ document: { revision: number; annotationCount: number } }>(
    `query ($d: ID!) { document(id: $d) { revision annotationCount } }`,
    { d: fixture.documentId },
  );
  return document;
}

describe("a retry", () => {
  it("gets the same answer and makes nothing", async () => {
    const input = create({ note: "once" });
    const first = await saved("createAnnotation", input);
    expect(await saved("createAnnotation", input)).toEqual(first);
    expect(await present()).toEqual({ revision: 1, annotationCount: 1 });
  });

  it("gets the same answer after the object was changed by others", async () => {
    const input = create({ note: "first" });
    const first = await saved("createAnnotation", input);
    const { token } = await invite(server, projectId, "CURATOR");
    await saved(
      "updateAnnotation",
      {
        id: first.annotation.id,
        expectedVersion: 1,
        note: "changed",
        fragments: [{ start: 4, end: 8 }],
        labelId: fixture.labels.speaker,
      },
      token,
    );
    expect(await saved("createAnnotation", input)).toEqual(first);
    expect(await present()).toEqual({ revision: 2, annotationCount: 1 });
  });

  it("gets the same answer after the object was deleted", async () => {
    const input = create();
    const first = await saved("createAnnotation", input);
    await server.mutate("deleteAnnotation", { id: first.annotation.id, expectedVersion: 1 }, "revision");
    expect(await saved("createAnnotation", input)).toEqual(first);
    expect(await present()).toEqual({ revision: 2, annotationCount: 0 });
  });

  it("gets the same answer though its expectedVersion is stale by then", async () => {
    const { id } = await annotate(server, fixture);
    const input = { clientMutationId: randomUUID(), id, expectedVersion: 1, note: "second" };
    const first = await saved("updateAnnotation", input);
    expect(first).toMatchObject({ revision: 2, annotation: { version: 2, note: "second" } });
    await saved("updateAnnotation", { id, expectedVersion: 2, note: "third" });
    expect(await saved("updateAnnotation", input)).toEqual(first);
    expect(await present()).toMatchObject({ revision: 3 });
  });

  it("of a deletion gets its relations and revision again, also after a restore", async () => {
    const speaker = await annotate(server, fixture, { label: "speaker" });
    const claim = await annotate(server, fixture);
    await server.mutate(
      "createRelation",
      { typeId: fixture.relationTypes.states, sourceId: speaker.id, targetId: claim.id },
      "revision",
    );
    const input = { clientMutationId: randomUUID(), id: claim.id, expectedVersion: 1 };
    const selection = "clientMutationId annotationId relationIds revision";
    const first = await server.mutate<{ relationIds: string[] }>("deleteAnnotation", input, selection);
    expect(first.relationIds).toHaveLength(1);
    await saved("restoreAnnotation", { id: claim.id });
    expect(await server.mutate("deleteAnnotation", input, selection)).toEqual(first);
    expect(await present()).toEqual({ revision: 5, annotationCount: 2 });
  });

  it("of every mutation of a layer gets the first outcome, once each is stale", async () => {
    const speaker = await annotate(server, fixture, { label: "speaker" });
    const claim = await annotate(server, fixture);
    const retries: (() => Promise<void>)[] = [];
    const once = async <Answer>(name: string, input: object, selection: string): Promise<Answer> => {
      const repeatable = { clientMutationId: randomUUID(), ...input };
      const first = await server.mutate<Answer>(name, repeatable, selection);
      retries.push(async () =>
        expect({ name, answer: await server.mutate(name, repeatable, selection) }).toEqual({
          name,
          answer: first,
        }),
      );
      return first;
    };
    const { relation } = await once<{ relation: { id: string } }>(
      "createRelation",
      { typeId: fixture.relationTypes.states, sourceId: speaker.id, targetId: claim.id },
      "revision relation { id createdAt type { key } source { id } target { id } }",
    );
    const { comment } = await once<{ comment: { id: string } }>(
      "createComment",
      { annotationId: claim.id, body: "One" },
      "revision comment { id body createdAt updatedAt resolvedAt author { id } }",
    );
    await once(
      "updateComment",
      { id: comment.id, body: "Two", resolved: true },
      "revision comment { id body updatedAt resolvedAt }",
    );
    await once("deleteComment", { id: comment.id }, "revision commentId clientMutationId");
    await once("restoreComment", { id: comment.id }, "revision comment { id body updatedAt resolvedAt }");
    await once("deleteRelation", { id: relation.id }, "revision relationId clientMutationId");
    await once("restoreRelation", { id: relation.id }, "revision relation { id createdAt }");
    await once("deleteAnnotation", { id: claim.id, expectedVersion: 1 }, "revision annotationId relationIds");
    await once("restoreAnnotation", { id: claim.id }, "revision annotation { id version }");
    const { revision } = await present();
    expect(revision).toBe(11);
    for (const retry of retries) await retry();
    expect((await present()).revision).toBe(11);
  });

  it("of what is not a layer's is applied once too", async () => {
    const title = `Report ${randomUUID()}`;
    const imported = { clientMutationId: randomUUID(), projectId, documents: [{ title, text: "x" }] };
    const first = await server.mutate<{ documents: { id: string }[] }>(
      "importDocuments",
      imported,
      "clientMutationId documents { id title }",
    );
    expect(
      await server.mutate("importDocuments", imported, "clientMutationId documents { id title }"),
    ).toEqual(first);
    await server.mutate("deleteDocument", { id: first.documents[0]?.id }, "documentId");
    expect(
      await server.mutate("importDocuments", imported, "clientMutationId documents { id title }"),
    ).toEqual(first);

    const made = { clientMutationId: randomUUID(), name: "Once" };
    const project = await server.mutate("createProject", made, "clientMutationId project { id name }");
    expect(await server.mutate("createProject", made, "clientMutationId project { id name }")).toEqual(
      project,
    );

    const invitation = { clientMutationId: randomUUID(), projectId, role: "VIEWER" };
    const link = await server.mutate("createInvitation", invitation, "clientMutationId url token expiresAt");
    expect(
      await server.mutate("createInvitation", invitation, "clientMutationId url token expiresAt"),
    ).toEqual(link);

    const wanted = { clientMutationId: randomUUID(), name: "script", expiresAt: "2099-01-01T00:00:00.000Z" };
    const token = await server.mutate<{ secret: string }>(
      "createAccessToken",
      wanted,
      "clientMutationId secret accessToken { id name createdAt expiresAt }",
    );
    expect(
      await server.mutate(
        "createAccessToken",
        wanted,
        "clientMutationId secret accessToken { id name createdAt expiresAt }",
      ),
    ).toEqual(token);
    expect(await server.must(`{ viewer { name } }`, {}, token.secret)).toEqual({ viewer: { name: "Owner" } });
  });

  it("of what changes a header gets it as it was then, once each is outdated", async () => {
    const documentId = fixture.documentId;
    const header = "name description guidelines revision archivedAt";
    const documentHeader = "title language metadata revision archivedAt";
    const retries: (() => Promise<void>)[] = [];
    const once = async <Answer>(name: string, input: object, selection: string): Promise<Answer> => {
      const repeatable = { clientMutationId: randomUUID(), ...input };
      const first = await server.mutate<Answer>(name, repeatable, selection);
      retries.push(async () =>
        expect({ name, answer: await server.mutate(name, repeatable, selection) }).toEqual({
          name,
          answer: first,
        }),
      );
      return first;
    };
    await once("updateDocument", { id: documentId, title: "One" }, `document { id ${documentHeader} }`);
    await once("updateDocument", { id: documentId, archived: true }, `document { ${documentHeader} }`);
    await once("updateDocument", { id: documentId, archived: false }, `document { ${documentHeader} }`);
    await annotate(server, fixture);
    await once("updateDocument", { id: documentId, language: "kk" }, `document { ${documentHeader} }`);
    await once("deleteDocument", { id: documentId }, "documentId");
    await once("restoreDocument", { id: documentId }, `document { ${documentHeader} project { id } text }`);
    await once(
      "createDocumentVersion",
      { documentId, text: `${fixture.text} More.`, dryRun: true },
      "carriedCount document { id }",
    );
    await once(
      "createDocumentVersion",
      { documentId, text: `${fixture.text} More.` },
      `carriedCount notCarried { annotationId } document { id ${documentHeader} }`,
    );
    const { project } = await once<{ project: { id: string } }>(
      "createProject",
      { name: "Made" },
      `project { id ${header} }`,
    );
    for (const id of [project.id, projectId]) {
      await once(
        "updateProject",
        { id, name: "Two", description: "d", guidelines: "g" },
        `project { ${header} }`,
      );
      await once("updateProject", { id, archived: true }, `project { ${header} }`);
      await once("deleteProject", { id }, "projectId");
      await once("restoreProject", { id }, `project { ${header} viewerRole }`);
      await server.mutate("updateProject", { id, archived: false, name: "Three" }, "project { id }");
    }
    await server.mutate(
      "updateDocument",
      { id: documentId, archived: false, title: "Two" },
      "document { id }",
    );
    const now = () =>
      server.must(
        `query ($p: ID!, $d: ID!) { project(id: $p) { ${header} documents { nodes { id } } } document(id: $d) { ${documentHeader} } }`,
        { p: projectId, d: documentId },
      );
    const before = await now();
    for (const retry of retries) await retry();
    expect(await now()).toEqual(before);
  });

  it("of what deletes answers as before", async () => {
    const { userId } = await invite(server, projectId, "VIEWER");
    const { accessToken } = await server.mutate<{ accessToken: { id: string } }>(
      "createAccessToken",
      { name: "x" },
      "accessToken { id }",
    );
    for (const [name, input, selection] of [
      ["removeMember", { projectId, userId }, "clientMutationId project { id }"],
      ["revokeAccessToken", { id: accessToken.id }, "clientMutationId id"],
      ["deleteDocument", { id: fixture.documentId }, "clientMutationId documentId"],
      ["deleteProject", { id: projectId }, "clientMutationId projectId"],
    ] as const) {
      const repeatable = { clientMutationId: randomUUID(), ...input };
      const first = await server.mutate(name, repeatable, selection);
      expect({ name, answer: await server.mutate(name, repeatable, selection) }).toEqual({
        name,
        answer: first,
      });
      expect({ name, ...(await server.refuses(name, { ...input })) }).toMatchObject({
        name,
        code: "NOT_FOUND",
      });
    }
  });

  it("is not given to who may no longer read the project", async () => {
    const { token, userId } = await invite(server, projectId, "ANNOTATOR");
    const input = create();
    await saved("createAnnotation", input, token);
    await server.mutate("removeMember", { projectId, userId }, "project { id }");
    expect(await server.refuses("createAnnotation", input, token)).toMatchObject({ code: "NOT_FOUND" });
  });

  it("is told to watchers once: nothing is added to the log", async () => {
    const input = create();
    await saved("createAnnotation", input);
    await saved("createAnnotation", input);
    const log = await server.sql<{ n: number }>(
      `select count(*)::int as n from layer_change c join layer l on l.id = c.layer_id where l.document_id = $1`,
      [fixture.documentId],
    );
    expect(log).toEqual([{ n: 1 }]);
  });

  it("may be sent with its members in another order", async () => {
    const input = create({ attributes: {}, note: "x" });
    const first = await saved("createAnnotation", input);
    expect(await saved("createAnnotation", Object.fromEntries(Object.entries(input).reverse()))).toEqual(
      first,
    );
  });

  it("may write the input in the operation's text instead", async () => {
    const clientMutationId = randomUUID();
    const first = await saved("createAnnotation", create({ clientMutationId, note: "x" }));
    const literal = `mutation { createAnnotation(input: { note: "x", fragments: [{ start: 0, end: 3 }], labelId: "${fixture.labels.claim}", documentId: "${fixture.documentId}", clientMutationId: "${clientMutationId}" }) { ${SAVED} } }`;
    expect(await server.must(literal)).toEqual({ createAnnotation: first });
  });
});

describe("another content under the same id", () => {
  it("is a conflict, whatever differs, and changes nothing", async () => {
    const input = create({ note: "x" });
    await saved("createAnnotation", input);
    for (const more of [
      { note: "y" },
      { note: null },
      { fragments: [{ start: 0, end: 2 }] },
      { labelId: fixture.labels.speaker },
      { id: randomUUID() },
      { attributes: {} },
      { documentId: randomUUID() },
    ]) {
      expect(await server.refuses("createAnnotation", { ...input, ...more })).toMatchObject({
        code: "IDEMPOTENCY_CONFLICT",
        field: "input.clientMutationId",
      });
    }
    expect(await present()).toEqual({ revision: 1, annotationCount: 1 });
  });

  it("is a conflict also in another mutation, and before every other rule", async () => {
    const { clientMutationId, ...input } = create();
    const { annotation } = await saved("createAnnotation", { clientMutationId, ...input });
    for (const [name, other] of [
      ["deleteAnnotation", { id: annotation.id, expectedVersion: 99 }],
      ["restoreAnnotation", { id: randomUUID() }],
      ["createProject", { name: "" }],
      ["importDocuments", { projectId: randomUUID(), documents: [] }],
      ["createAccessToken", { name: "x" }],
    ] as const) {
      expect({ name, ...(await server.refuses(name, { clientMutationId, ...other })) }).toMatchObject({
        name,
        code: "IDEMPOTENCY_CONFLICT",
      });
    }
  });
});

describe("at the same moment", () => {
  it("many equal ones are applied once and all get that outcome", async () => {
    for (const more of [{}, { id: randomUUID() }]) {
      const input = create(more);
      const before = await present();
      const answers = await Promise.all(Array.from({ length: 8 }, () => saved("createAnnotation", input)));
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(await present()).toEqual({
        revision: before.revision + 1,
        annotationCount: before.annotationCount + 1,
      });
    }
  });

  it("many equal updates, deletions and imports are applied once", async () => {
    const { id } = await annotate(server, fixture);
    const update = { clientMutationId: randomUUID(), id, expectedVersion: 1, note: "x" };
    const updates = await Promise.all(Array.from({ length: 6 }, () => saved("updateAnnotation", update)));
    for (const answer of updates) expect(answer).toEqual(updates[0]);
    const deletion = { clientMutationId: randomUUID(), id, expectedVersion: 2 };
    const deletions = await Promise.all(
      Array.from({ length: 6 }, () => server.mutate("deleteAnnotation", deletion, "revision annotationId")),
    );
    for (const answer of deletions) expect(answer).toEqual({ revision: 3, annotationId: id });
    const imported = { clientMutationId: randomUUID(), projectId, documents: [{ title: "x", text: "y" }] };
    const imports = await Promise.all(
      Array.from({ length: 6 }, () => server.mutate("importDocuments", imported, "documents { id }")),
    );
    for (const answer of imports) expect(answer).toEqual(imports[0]);
  });

  it("two different ones under one id: one is applied, the other is a conflict", async () => {
    const input = create();
    const answers = await Promise.all(
      [0, 1, 2].map((note) => server.ask(mutation("createAnnotation"), { i: { ...input, note: `${note}` } })),
    );
    expect(answers.map(({ errors }) => errors?.[0]?.extensions.code ?? "made").sort()).toEqual([
      "IDEMPOTENCY_CONFLICT",
      "IDEMPOTENCY_CONFLICT",
      "made",
    ]);
    expect(await present()).toEqual({ revision: 1, annotationCount: 1 });
  });
});

describe("what was refused", () => {
  it("may be corrected and repeated under the same id", async () => {
    const input = create({ fragments: [{ start: 3, end: 3 }] });
    expect(await server.refuses("createAnnotation", input)).toMatchObject({ code: "BAD_USER_INPUT" });
    expect(await server.refuses("createAnnotation", input)).toMatchObject({ code: "BAD_USER_INPUT" });
    expect(await saved("createAnnotation", { ...input, fragments: [{ start: 3, end: 4 }] })).toMatchObject({
      revision: 1,
      clientMutationId: input.clientMutationId,
    });
  });

  it("for a stale version may be sent again with the present one", async () => {
    const { id } = await annotate(server, fixture);
    await saved("updateAnnotation", { id, expectedVersion: 1, note: "other" });
    const input = { clientMutationId: randomUUID(), id, expectedVersion: 1, note: "mine" };
    expect(await server.refuses("updateAnnotation", input)).toMatchObject({ code: "CONFLICT" });
    expect(await saved("updateAnnotation", { ...input, expectedVersion: 2 })).toMatchObject({
      revision: 3,
      annotation: { note: "mine" },
    });
  });
});

describe("the scope of an id", () => {
  it("is the person: another one's same id is free", async () => {
    const { token } = await invite(server, projectId, "ANNOTATOR");
    const input = create();
    const mine = await saved("createAnnotation", input);
    const theirs = await saved("createAnnotation", { ...input, note: "theirs" }, token);
    expect(theirs.annotation.id).not.toBe(mine.annotation.id);
    expect(theirs).toMatchObject({ revision: 2, clientMutationId: input.clientMutationId });
  });

  it("is the person, not the token", async () => {
    const { secret } = await server.mutate<{ secret: string }>("createAccessToken", { name: "x" }, "secret");
    const input = create();
    const first = await saved("createAnnotation", input);
    expect(await saved("createAnnotation", input, secret)).toEqual(first);
  });

  it.each(["", " ", "x".repeat(201)])("%j is refused as an id", async (clientMutationId) => {
    expect(await server.refuses("createAnnotation", create({ clientMutationId }))).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.clientMutationId",
    });
  });

  it("tells ids apart by every character", async () => {
    await saved("createAnnotation", create({ clientMutationId: "Ab\u0301" }));
    await saved("createAnnotation", create({ clientMutationId: "ab\u0301" }));
    await saved("createAnnotation", create({ clientMutationId: "A\u0062\u0301 " }));
    expect(await present()).toEqual({ revision: 3, annotationCount: 3 });
  });
});

describe("a change that changes nothing", () => {
  it("answers with the present revision and adds none", async () => {
    const { annotation } = await saved(
      "createAnnotation",
      create({
        note: "same",
        fragments: [
          { start: 0, end: 2 },
          { start: 4, end: 6 },
        ],
      }),
    );
    const { id } = annotation;
    const same = {
      note: "same",
      labelId: fixture.labels.claim,
      fragments: [
        { start: 0, end: 2 },
        { start: 4, end: 6 },
      ],
      attributes: {},
    };
    for (const part of [{}, same, { note: "same" }]) {
      expect(await saved("updateAnnotation", { id, expectedVersion: 1, ...part })).toEqual({
        revision: 1,
        clientMutationId: null,
        annotation,
      });
    }
    expect(await saved("restoreAnnotation", { id })).toMatchObject({
      revision: 1,
      annotation: { version: 1 },
    });
    const { comment } = await server.mutate<{ comment: { id: string; updatedAt: string } }>(
      "createComment",
      { annotationId: id, body: "x" },
      "comment { id updatedAt }",
    );
    for (const part of [{}, { body: "x" }, { resolved: false }, { body: "x", resolved: false }]) {
      expect(
        await server.mutate("updateComment", { id: comment.id, ...part }, "revision comment { updatedAt }"),
      ).toEqual({ revision: 2, comment: { updatedAt: comment.updatedAt } });
    }
    expect(await present()).toMatchObject({ revision: 2 });
  });

  it("adds none to the project either", async () => {
    const revision = async () =>
      (
        await server.must<{ project: { revision: number } }>(
          `query ($p: ID!) { project(id: $p) { revision } }`,
          { p: projectId },
        )
      ).project.revision;
    const before = await revision();
    const { userId } = await invite(server, projectId, "VIEWER");
    expect(await revision()).toBe(before + 1);
    await server.mutate(
      "updateProject",
      { id: projectId, name: "Test", guidelines: "" },
      "project { revision }",
    );
    await server.mutate(
      "updateDocument",
      { id: fixture.documentId, title: "A report", language: "en", metadata: {} },
      "document { id }",
    );
    await server.mutate("setMemberRole", { projectId, userId, role: "VIEWER" }, "project { revision }");
    await server.mutate("importDocuments", { projectId, documents: [] }, "documents { id }");
    expect(await revision()).toBe(before + 1);
    await server.mutate("updateDocument", { id: fixture.documentId, metadata: { a: 1 } }, "document { id }");
    await server.mutate("updateProject", { id: projectId, guidelines: "Read." }, "project { revision }");
    await server.mutate("setMemberRole", { projectId, userId, role: "ANNOTATOR" }, "project { revision }");
    expect(await revision()).toBe(before + 4);
  });

  it("is remembered as any other", async () => {
    const { id } = await annotate(server, fixture);
    const input = { clientMutationId: randomUUID(), id, expectedVersion: 1 };
    const first = await saved("updateAnnotation", input);
    await saved("updateAnnotation", { id, expectedVersion: 1, note: "x" });
    expect(await saved("updateAnnotation", input)).toEqual(first);
  });
});
