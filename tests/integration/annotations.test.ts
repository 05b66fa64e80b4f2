// The life of annotations with their relations and comments: made, changed, deleted as one change, restored whole.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  annotate,
  type Fixture,
  importDocument,
  invite,
  type MadeAnnotation,
  makeFixture,
  startServer,
  type TestServer,
} from "../support/server.ts";

let server: TestServer;
let fixture: Fixture;
let speaker: MadeAnnotation;
let claim: MadeAnnotation;
beforeAll(async () => {
  server = await startServer();
});
beforeEach(async () => {
  fixture = await makeFixture(server);
  speaker = await annotate(server, fixture, { label: "speaker", fragments: [{ start: 0, end: 12 }] });
  claim = await annotate(server, fixture, { label: "claim", fragments: [{ start: 15, end: 30 }] });
});
afterAll(() => server.dispose());

const ANNOTATION =
  "id version note attributes origin createdAt updatedAt createdBy { id } updatedBy { id } label { key } span { id quote } relations { id createdAt createdBy { id } type { key } source { id } target { id } } comments { id body createdAt updatedAt resolvedAt author { id } }";

interface Annotation {
  id: string;
  version: number;
  relations: { id: string }[];
  comments: { id: string; body: string }[];
}

const read = async (id: string) =>
  (
    await server.must<{ annotation: Annotation | null }>(
      `query ($a: ID!) { annotation(id: $a) { ${ANNOTATION} } }`,
      { a: id },
    )
  ).annotation;
const relationInput = (more: object = {}) => ({
  typeId: fixture.relationTypes.states,
  sourceId: speaker.id,
  targetId: claim.id,
  ...more,
});
const relate = async (more: object = {}) =>
  (
    await server.mutate<{ relation: { id: string } }>(
      "createRelation",
      relationInput(more),
      "relation { id }",
    )
  ).relation.id;
const comment = async (annotationId: string, body = "Really?", token?: string) =>
  (
    await server.mutate<{ comment: { id: string } }>(
      "createComment",
      { annotationId, body },
      "comment { id }",
      token,
    )
  ).comment.id;
const remove = (id: string, expectedVersion = 1) =>
  server.mutate<{ relationIds: string[]; revision: number }>(
    "deleteAnnotation",
    { id, expectedVersion },
    "relationIds revision annotationId",
  );
const restore = (id: string) =>
  server.mutate<{ revision: number; annotation: Annotation }>(
    "restoreAnnotation",
    { id },
    `revision annotation { ${ANNOTATION} }`,
  );
const relations = async () =>
  (
    await server.must<{ document: { relations: { nodes: { id: string }[]; totalCount: number } } }>(
      `query ($d: ID!) { document(id: $d) { relations { totalCount nodes { id } } } }`,
      { d: fixture.documentId },
    )
  ).document.relations;

describe("an annotation", () => {
  it("is made by who asks, now, at version 1, and found by its id", async () => {
    const { viewer } = await server.must<{ viewer: { id: string } }>(`{ viewer { id } }`);
    const before = Date.now();
    const made = await annotate(server, fixture, { fragments: [{ start: 13, end: 14 }], note: "🙂?" });
    const found = await server.must<{ annotation: { createdAt: string; updatedAt: string } }>(
      `query ($a: ID!) { annotation(id: $a) { ${ANNOTATION} } }`,
      { a: made.id },
    );
    expect(found.annotation).toMatchObject({
      version: 1,
      note: "🙂?",
      attributes: {},
      origin: "HUMAN",
      createdBy: viewer,
      updatedBy: viewer,
      label: { key: "claim" },
      span: { quote: "🙂" },
      relations: [],
      comments: [],
    });
    expect(found.annotation.createdAt).toBe(found.annotation.updatedAt);
    expect(Date.parse(found.annotation.createdAt)).toBeGreaterThanOrEqual(before - 1);
    expect(made.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  });

  it("keeps who made it when another changes it; each change adds one version and one revision", async () => {
    const { token, userId } = await invite(server, fixture.projectId, "CURATOR");
    const { viewer } = await server.must<{ viewer: { id: string } }>(`{ viewer { id } }`);
    const updated = await server.mutate(
      "updateAnnotation",
      {
        id: claim.id,
        expectedVersion: 1,
        labelId: fixture.labels.initiative,
        fragments: [
          { start: 13, end: 14 },
          { start: 20, end: 24 },
        ],
        note: "n",
      },
      `revision annotation { ${ANNOTATION} }`,
      token,
    );
    expect(updated).toMatchObject({
      revision: 3,
      annotation: {
        version: 2,
        note: "n",
        label: { key: "initiative" },
        span: { quote: "🙂 that" },
        createdBy: viewer,
        updatedBy: { id: userId },
      },
    });
    expect(await read(claim.id)).toMatchObject({ version: 2, note: "n" });
  });

  it("that is deleted is gone for every reader and can't be changed", async () => {
    expect(await remove(claim.id)).toEqual({ annotationId: claim.id, relationIds: [], revision: 3 });
    expect(await read(claim.id)).toBeNull();
    const input = { id: claim.id, expectedVersion: 1 };
    for (const [name, more] of [
      ["updateAnnotation", { ...input, note: "x" }],
      ["deleteAnnotation", input],
      ["createComment", { annotationId: claim.id, body: "x" }],
    ] as const) {
      expect({ name, ...(await server.refuses(name, more)) }).toMatchObject({ name, code: "NOT_FOUND" });
    }
    expect(
      await server.refuses("createRelation", relationInput({ sourceId: claim.id, targetId: speaker.id })),
    ).toMatchObject({ code: "NOT_FOUND" });
    expect(await server.refuses("createRelation", relationInput())).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.targetId",
    });
    const { document } = await server.must<{ document: object }>(
      `query ($d: ID!) { document(id: $d) { revision annotationCount annotations { totalCount nodes { id } } } }`,
      { d: fixture.documentId },
    );
    expect(document).toEqual({
      revision: 3,
      annotationCount: 1,
      annotations: { totalCount: 1, nodes: [{ id: speaker.id }] },
    });
  });

  it("that never was is NOT_FOUND for mutations and null for queries", async () => {
    const id = randomUUID();
    expect(await read(id)).toBeNull();
    for (const [name, input] of [
      ["updateAnnotation", { id, expectedVersion: 1 }],
      ["deleteAnnotation", { id, expectedVersion: 1 }],
      ["restoreAnnotation", { id }],
      ["createComment", { annotationId: id, body: "x" }],
      ["deleteRelation", { id }],
      ["updateComment", { id, body: "x" }],
      ["deleteComment", { id }],
    ] as const) {
      expect({ name, ...(await server.refuses(name, input)) }).toMatchObject({ name, code: "NOT_FOUND" });
    }
    expect(
      await server.refuses("createAnnotation", {
        documentId: id,
        labelId: fixture.labels.claim,
        fragments: [{ start: 0, end: 1 }],
      }),
    ).toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("relations", () => {
  it("link as the codebook allows, and are read from both ends", async () => {
    const { viewer } = await server.must<{ viewer: { id: string } }>(`{ viewer { id } }`);
    const made = await server.mutate<{ relation: { id: string } }>(
      "createRelation",
      relationInput(),
      "revision relation { id createdAt createdBy { id } type { key name } source { id } target { id } }",
    );
    expect(made).toMatchObject({
      revision: 3,
      relation: {
        createdBy: viewer,
        type: { key: "states" },
        source: { id: speaker.id },
        target: { id: claim.id },
      },
    });
    for (const end of [speaker, claim])
      expect((await read(end.id))?.relations).toMatchObject([{ id: made.relation.id }]);
    // A relation is no change to its ends' own fields.
    expect(await read(claim.id)).toMatchObject({ version: 1 });
  });

  it.each<[string, () => object, string]>([
    ["a source of a wrong label", () => ({ sourceId: claim.id, targetId: speaker.id }), "input.sourceId"],
    ["a target of a wrong label", () => ({ typeId: fixture.relationTypes.proposes }), "input.targetId"],
    ["itself", () => ({ typeId: fixture.relationTypes["same-as"], targetId: speaker.id }), "input.targetId"],
    ["an unknown type", () => ({ typeId: randomUUID() }), "input.typeId"],
    ["an unknown target", () => ({ targetId: randomUUID() }), "input.targetId"],
  ])("are refused with %s", async (_name, more, field) => {
    expect(await server.refuses("createRelation", relationInput(more()))).toMatchObject({
      code: "BAD_USER_INPUT",
      field,
    });
    expect((await relations()).totalCount).toBe(0);
  });

  it("say which labels are taken when they refuse one", async () => {
    expect(
      (await server.refuses("createRelation", relationInput({ sourceId: claim.id, targetId: speaker.id })))
        .message,
    ).toContain("Speaker");
  });

  it("are refused across documents and projects, and with another project's type", async () => {
    const elsewhere = await annotate(server, {
      ...fixture,
      documentId: await importDocument(server, fixture.projectId, { text: "another text" }),
    });
    const other = await makeFixture(server);
    const abroad = await annotate(server, other);
    for (const targetId of [elsewhere.id, abroad.id]) {
      expect(await server.refuses("createRelation", relationInput({ targetId }))).toMatchObject({
        code: "BAD_USER_INPUT",
        field: "input.targetId",
      });
    }
    expect(
      await server.refuses("createRelation", relationInput({ typeId: other.relationTypes.states })),
    ).toMatchObject({ code: "BAD_USER_INPUT", field: "input.typeId" });
  });

  it("are there only once: the same type, source and target again is a conflict, also at once", async () => {
    const id = await relate();
    expect(await server.refuses("createRelation", relationInput())).toMatchObject({
      code: "CONFLICT",
      current: { id },
    });
    await server.mutate("deleteRelation", { id }, "revision");
    const answers = await Promise.all(
      [1, 2, 3].map(() =>
        server.ask(`mutation ($i: CreateRelationInput!) { createRelation(input: $i) { revision } }`, {
          i: relationInput(),
        }),
      ),
    );
    expect(answers.map(({ errors }) => errors?.[0]?.extensions.code ?? "made").sort()).toEqual([
      "CONFLICT",
      "CONFLICT",
      "made",
    ]);
  });

  it("may go both ways and in several types", async () => {
    const second = await annotate(server, fixture, { label: "speaker", fragments: [{ start: 4, end: 12 }] });
    const sameAs = { typeId: fixture.relationTypes["same-as"] };
    await relate({ ...sameAs, targetId: second.id });
    await relate({ ...sameAs, sourceId: second.id, targetId: speaker.id });
    await relate();
    expect((await relations()).totalCount).toBe(3);
    const { nodes } = await relations();
    expect(nodes.map(({ id }) => id)).toEqual(nodes.map(({ id }) => id).sort());
  });

  it("that a relabel would break refuse it by name, on labelId; nothing changes", async () => {
    const id = await relate();
    for (const [annotation, labelId] of [
      [claim, fixture.labels.initiative],
      [speaker, fixture.labels.claim],
    ] as const) {
      const refusal = await server.refuses("updateAnnotation", {
        id: annotation.id,
        expectedVersion: 1,
        labelId,
        note: "x",
      });
      expect(refusal).toMatchObject({ code: "BAD_USER_INPUT", field: "input.labelId" });
      expect(refusal.message).toContain(id);
      expect(await read(annotation.id)).toMatchObject({ version: 1, note: "" });
    }
    await server.mutate("deleteRelation", { id }, "revision");
    await server.mutate(
      "updateAnnotation",
      { id: claim.id, expectedVersion: 1, labelId: fixture.labels.initiative },
      "revision",
    );
  });

  it("are deleted once", async () => {
    const id = await relate();
    expect(await server.mutate("deleteRelation", { id }, "relationId revision")).toEqual({
      relationId: id,
      revision: 4,
    });
    expect(await server.refuses("deleteRelation", { id })).toMatchObject({ code: "NOT_FOUND" });
    expect(await relations()).toEqual({ totalCount: 0, nodes: [] });
    expect((await read(claim.id))?.relations).toEqual([]);
  });
});

describe("restoring a relation", () => {
  it("brings it back under its id, once, as long as the codebook allows it and nobody made it anew", async () => {
    const id = await relate();
    await server.mutate("deleteRelation", { id }, "revision");
    const back = await server.mutate<{ revision: number; relation: object }>(
      "restoreRelation",
      { id },
      "revision relation { id type { key } source { id } target { id } createdBy { name } }",
    );
    expect(back.relation).toEqual({
      id,
      type: { key: "states" },
      source: { id: speaker.id },
      target: { id: claim.id },
      createdBy: { name: "Owner" },
    });
    expect(await server.mutate("restoreRelation", { id }, "revision")).toEqual({ revision: back.revision });
    await server.mutate("deleteRelation", { id }, "revision");
    const anew = await relate();
    expect(await server.refuses("restoreRelation", { id })).toMatchObject({ code: "CONFLICT" });
    await server.mutate("deleteRelation", { id: anew }, "revision");
    await server.mutate(
      "updateAnnotation",
      { id: speaker.id, expectedVersion: 1, labelId: fixture.labels.agreement },
      "revision",
    );
    expect(await server.refuses("restoreRelation", { id })).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.sourceId",
    });
    await remove(claim.id);
    expect(await server.refuses("restoreRelation", { id })).toMatchObject({ code: "NOT_FOUND" });
    expect(await server.refuses("restoreRelation", { id: randomUUID() })).toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

describe("deleting an annotation", () => {
  it("takes its relations and comments along, as one change", async () => {
    const [relationId, other] = [await relate(), await annotate(server, fixture, { label: "claim" })];
    await relate({ targetId: other.id });
    const commentId = await comment(claim.id);
    const revision = other.revision + 2;
    expect(await remove(claim.id)).toMatchObject({ relationIds: [relationId], revision: revision + 1 });
    expect((await read(speaker.id))?.relations).toHaveLength(1);
    expect(await server.refuses("deleteRelation", { id: relationId })).toMatchObject({ code: "NOT_FOUND" });
    for (const name of ["updateComment", "deleteComment"]) {
      expect(await server.refuses(name, { id: commentId })).toMatchObject({ code: "NOT_FOUND" });
    }
    const log = await server.sql<{ kind: string }>(
      `select c.kind::text from layer_change c join layer l on l.id = c.layer_id where l.document_id = $1 and c.revision > $2`,
      [fixture.documentId, revision],
    );
    expect(log).toEqual([{ kind: "ANNOTATION_DELETED" }]);
  });
});

describe("restoring an annotation", () => {
  it("brings back all as it was, its version one above the last", async () => {
    const { token } = await invite(server, fixture.projectId, "ANNOTATOR");
    await relate();
    const kept = await comment(claim.id, "kept", token);
    await server.mutate("updateComment", { id: kept, resolved: true }, "revision");
    const deletedBefore = await comment(claim.id, "deleted before");
    await server.mutate("deleteComment", { id: deletedBefore }, "revision");
    const gone = await annotate(server, fixture, { label: "claim", fragments: [{ start: 1, end: 2 }] });
    await server.mutate("deleteRelation", { id: await relate({ targetId: gone.id }) }, "revision");
    const before = await read(claim.id);
    const { revision } = await remove(claim.id);
    const restored = await restore(claim.id);
    expect(restored.revision).toBe(revision + 1);
    expect(restored.annotation).toEqual({ ...before, version: 2 });
    expect(await read(claim.id)).toEqual({ ...before, version: 2 });
    expect(restored.annotation.comments.map(({ body }) => body)).toEqual(["kept"]);
    expect((await relations()).totalCount).toBe(1);
  });

  it("can be done over and over, each time one version up", async () => {
    await relate();
    for (let version = 1; version < 5; version++) {
      await remove(claim.id, version);
      expect((await restore(claim.id)).annotation).toMatchObject({
        version: version + 1,
        relations: [expect.anything()],
      });
    }
  });

  it("of what is there changes nothing", async () => {
    expect(await restore(claim.id)).toMatchObject({ revision: 2, annotation: { version: 1 } });
  });

  it.each([
    ["the first deleted first", true],
    ["the last deleted first", false],
  ])("brings a relation back with its other end, restored with %s", async (_name, inOrder) => {
    for (const [first, second] of [
      [speaker, claim],
      [claim, speaker],
    ] as const) {
      const versions = async (id: string) => (await read(id))?.version ?? 0;
      const [firstVersion, secondVersion] = [await versions(first.id), await versions(second.id)];
      const [present] = (await relations()).nodes;
      const id = present?.id ?? (await relate());
      expect((await remove(first.id, firstVersion)).relationIds).toEqual([id]);
      expect((await remove(second.id, secondVersion)).relationIds).toEqual([]);
      const [a, b] = inOrder ? [first, second] : [second, first];
      expect((await restore(a.id)).annotation.relations).toEqual([]);
      expect((await relations()).totalCount).toBe(0);
      expect((await restore(b.id)).annotation.relations).toMatchObject([{ id }]);
      expect((await read(a.id))?.relations).toMatchObject([{ id }]);
    }
  });

  it("leaves a relation deleted that was deleted by itself", async () => {
    await server.mutate("deleteRelation", { id: await relate() }, "revision");
    await remove(claim.id);
    expect((await restore(claim.id)).annotation.relations).toEqual([]);
  });

  it("does not break the codebook where the other end was relabelled meanwhile", async () => {
    await relate();
    await remove(claim.id);
    const relabelled = await server.ask(
      `mutation ($i: UpdateAnnotationInput!) { updateAnnotation(input: $i) { revision } }`,
      { i: { id: speaker.id, expectedVersion: 1, labelId: fixture.labels.agreement } },
    );
    const { annotation } = await restore(claim.id);
    // Either the relabel is refused, or the relation stays away: never a link that the codebook does not allow.
    expect({
      relabelled: relabelled.errors === undefined,
      linked: annotation.relations.length > 0,
    }).not.toEqual({ relabelled: true, linked: true });
  });
});

describe("comments", () => {
  it("are written, changed, settled, reopened and deleted, each one revision", async () => {
    const FIELDS =
      "revision comment { id body createdAt updatedAt resolvedAt annotation { id } author { name } }";
    const made = await server.mutate<{ comment: { id: string; createdAt: string } }>(
      "createComment",
      { annotationId: claim.id, body: "  Spaces stay. " },
      FIELDS,
    );
    expect(made).toMatchObject({
      revision: 3,
      comment: {
        body: "  Spaces stay. ",
        resolvedAt: null,
        annotation: { id: claim.id },
        author: { name: "Owner" },
      },
    });
    const { id, createdAt } = made.comment;
    expect(await server.mutate("updateComment", { id, body: "Two" }, FIELDS)).toMatchObject({
      revision: 4,
      comment: { body: "Two", createdAt, resolvedAt: null },
    });
    const settled = await server.mutate<{ comment: { resolvedAt: string } }>(
      "updateComment",
      { id, resolved: true },
      FIELDS,
    );
    expect(settled).toMatchObject({ revision: 5, comment: { body: "Two", resolvedAt: expect.any(String) } });
    expect(await server.mutate("updateComment", { id, body: "Three", resolved: true }, FIELDS)).toMatchObject(
      { revision: 6, comment: { resolvedAt: settled.comment.resolvedAt } },
    );
    expect(await server.mutate("updateComment", { id, resolved: false }, FIELDS)).toMatchObject({
      revision: 7,
      comment: { body: "Three", resolvedAt: null },
    });
    expect((await read(claim.id))?.comments).toMatchObject([{ id, body: "Three" }]);
    expect(await server.mutate("deleteComment", { id }, "commentId revision")).toEqual({
      commentId: id,
      revision: 8,
    });
    expect((await read(claim.id))?.comments).toEqual([]);
    for (const name of ["updateComment", "deleteComment"])
      expect(await server.refuses(name, { id })).toMatchObject({ code: "NOT_FOUND" });
    expect(await read(claim.id)).toMatchObject({ version: 1 });
    // It comes back as what it was, where it was.
    const later = await comment(claim.id, "later");
    expect(await server.mutate("restoreComment", { id }, FIELDS)).toMatchObject({
      revision: 10,
      comment: { id, body: "Three", createdAt, author: { name: "Owner" } },
    });
    expect(await server.mutate("restoreComment", { id }, "revision")).toEqual({ revision: 10 });
    expect((await read(claim.id))?.comments).toMatchObject([{ id }, { id: later }]);
    await server.mutate("deleteComment", { id }, "revision");
    await server.mutate("deleteAnnotation", { id: claim.id, expectedVersion: 1 }, "revision");
    expect(await server.refuses("restoreComment", { id })).toMatchObject({ code: "NOT_FOUND" });
  });

  it("are read oldest first", async () => {
    for (const body of ["one", "two", "three"]) await comment(claim.id, body);
    expect((await read(claim.id))?.comments.map(({ body }) => body)).toEqual(["one", "two", "three"]);
  });
});
