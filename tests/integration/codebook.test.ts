// Changing a codebook: its rules, two people at once, merging and deleting labels that are in use.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  annotate,
  type Fixture,
  importDocument,
  invite,
  makeFixture,
  startServer,
  type TestServer,
  watch,
} from "../support/server.ts";
import { exportFile, importFile } from "./importing.ts";

let server: TestServer;
let fixture: Fixture;
beforeAll(async () => {
  server = await startServer();
  fixture = await makeFixture(server);
});
afterAll(() => server.dispose());

interface Label {
  id: string;
  key: string;
  name: string;
  version: number;
  shortcut: string | null;
  archivedAt: string | null;
  parent: { id: string } | null;
  heir: { id: string } | null;
  attributes: object[];
}

const LABEL = `label { id key name version color letter shortcut description archivedAt parent { id } heir { id }
  attributes { key name kind choices required } updatedBy { name } }`;

async function createLabel(input: object = {}, at = fixture): Promise<Label> {
  const name = `Label ${randomUUID()}`;
  const all = { projectId: at.projectId, name, color: "TEAL", ...input };
  return (await server.mutate<{ label: Label }>("createLabel", all, LABEL)).label;
}

async function updateLabel(label: Label, input: object, token?: string): Promise<Label> {
  const all = { id: label.id, expectedVersion: label.version, ...input };
  return (await server.mutate<{ label: Label }>("updateLabel", all, LABEL, token)).label;
}

async function codebookOf(projectId: string) {
  const { project } = await server.must<{
    project: {
      revision: number;
      labels: Label[];
      relationTypes: {
        id: string;
        key: string;
        version: number;
        archivedAt: string | null;
        sourceLabels: { key: string }[];
        targetLabels: { key: string }[];
      }[];
    };
  }>(
    `query ($p: ID!) { project(id: $p) { revision
      labels { id key name version shortcut archivedAt parent { id } heir { id } attributes { key } }
      relationTypes { id key version archivedAt sourceLabels { key } targetLabels { key } } } }`,
    { p: projectId },
  );
  return project;
}

async function annotationNow(id: string) {
  const { annotation } = await server.must<{
    annotation: {
      version: number;
      attributes: object;
      label: { id: string; key: string };
      relations: { id: string }[];
    } | null;
  }>(`query ($a: ID!) { annotation(id: $a) { version attributes label { id key } relations { id } } }`, {
    a: id,
  });
  return annotation;
}

describe("a label", () => {
  it("is made last, with a key made from its name, and can be changed in every part", async () => {
    const parent = await createLabel({ name: "Kind of speech" });
    const made = await createLabel({ name: "Kind of speech", shortcut: "Q", description: "Words." });
    expect(parent.key).toBe("kind-of-speech");
    expect(made).toMatchObject({ key: "kind-of-speech-2", shortcut: "q", letter: "Q", version: 1 });
    const { labels } = await codebookOf(fixture.projectId);
    expect(labels.at(-1)?.id).toBe(made.id);

    const stance = { key: "stance", name: "Stance", kind: "CHOICE", choices: ["for", "against"] };
    const changed = await updateLabel(made, {
      name: "Quotation",
      color: "ROSE",
      description: "",
      parentId: parent.id,
      attributes: [stance],
      archived: true,
    });
    expect(changed).toMatchObject({
      key: "kind-of-speech-2",
      name: "Quotation",
      color: "ROSE",
      shortcut: "q",
      description: "",
      parent: { id: parent.id },
      version: 2,
      attributes: [{ ...stance, required: false }],
      updatedBy: { name: "Owner" },
    });
    expect(changed.archivedAt).not.toBe(null);
    const back = await updateLabel(changed, { archived: false, shortcut: null, parentId: null });
    expect(back).toMatchObject({ archivedAt: null, shortcut: null, parent: null, letter: "Q" });
    // What is the same already is no change.
    const { revision } = await codebookOf(fixture.projectId);
    expect(await updateLabel(back, { name: "Quotation", shortcut: null })).toMatchObject({ version: 3 });
    expect((await codebookOf(fixture.projectId)).revision).toBe(revision);
  });

  const twice = { key: "a", name: "A", kind: "TEXT" };
  it.each([
    ["a name that is blank", { name: " " }, "input.name", "blank"],
    ["a shortcut that is no letter", { shortcut: "?" }, "input.shortcut", "letter or digit"],
    ["a shortcut of two", { shortcut: "ab" }, "input.shortcut", "letter or digit"],
    ["another's shortcut", { shortcut: "C" }, "input.shortcut", "belongs to “Claim”"],
    ["another's key", { key: "claim" }, "input.key", "belongs to “Claim”"],
    ["a parent that is none", { parentId: randomUUID() }, "input.parentId", "label of the project"],
    ["an attribute twice", { attributes: [twice, twice] }, "input.attributes[1].key", "twice"],
    [
      "a choice of nothing",
      { attributes: [{ ...twice, kind: "CHOICE" }] },
      "input.attributes[0].choices",
      "1 to 200",
    ],
    [
      "choices that are none",
      { attributes: [{ ...twice, choices: ["x"] }] },
      "input.attributes[0].choices",
      "only a CHOICE",
    ],
    [
      "a choice twice",
      { attributes: [{ ...twice, kind: "CHOICE", choices: ["x", "x"] }] },
      "input.attributes[0].choices[1]",
      "twice",
    ],
  ])("refuses %s", async (_what, input, field, words) => {
    const before = await codebookOf(fixture.projectId);
    const all = { projectId: fixture.projectId, name: "Another", color: "TEAL", ...input };
    expect(await server.refuses("createLabel", all)).toMatchObject({
      code: "BAD_USER_INPUT",
      field,
      message: expect.stringContaining(words),
    });
    expect(await codebookOf(fixture.projectId)).toEqual(before);
  });

  it("never stands above itself", async () => {
    const top = await createLabel();
    const middle = await createLabel({ parentId: top.id });
    const bottom = await createLabel({ parentId: middle.id });
    for (const parentId of [top.id, middle.id, bottom.id]) {
      expect(await server.refuses("updateLabel", { id: top.id, expectedVersion: 1, parentId })).toMatchObject(
        { code: "BAD_USER_INPUT", field: "input.parentId" },
      );
    }
  });

  it("is moved before another or to the end; moves at once all take effect", async () => {
    const { projectId, labels } = await makeFixture(server);
    const order = async () => (await codebookOf(projectId)).labels.map(({ key }) => key);
    await server.mutate("moveLabel", { id: labels.agreement, beforeId: labels.speaker }, "labelIds");
    expect(await order()).toEqual(["agreement", "speaker", "claim", "initiative"]);
    await server.mutate("moveLabel", { id: labels.agreement }, "labelIds");
    expect(await order()).toEqual(["speaker", "claim", "initiative", "agreement"]);
    await Promise.all([
      server.mutate("moveLabel", { id: labels.agreement, beforeId: labels.speaker }, "labelIds"),
      server.mutate("moveLabel", { id: labels.claim }, "labelIds"),
    ]);
    expect(await order()).toEqual(["agreement", "speaker", "initiative", "claim"]);
    expect(await server.refuses("moveLabel", { id: labels.claim, beforeId: labels.claim })).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.beforeId",
    });
  });

  it("changed by two people at once says to the second who was faster", async () => {
    const curator = await invite(server, fixture.projectId, "CURATOR", "Marat");
    const label = await createLabel();
    await updateLabel(label, { name: "Marat's" }, curator.token);
    const input = { id: label.id, expectedVersion: 1, description: "Mine." };
    expect(await server.refuses("updateLabel", input)).toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("Marat"),
      current: { id: label.id, name: "Marat's", version: 2, updatedBy: { name: "Marat" } },
    });
    const answers = await Promise.all(
      ["one", "two", "three"].map((name) =>
        server.ask(`mutation ($i: UpdateLabelInput!) { updateLabel(input: $i) { label { name } } }`, {
          i: { id: label.id, expectedVersion: 2, name },
        }),
      ),
    );
    expect(answers.filter(({ errors }) => errors === undefined)).toHaveLength(1);
  });

  it("is made once for each clientMutationId", async () => {
    const input = {
      projectId: fixture.projectId,
      name: "Once",
      color: "TEAL",
      clientMutationId: randomUUID(),
    };
    const [first, second] = await Promise.all([
      server.mutate<{ label: Label }>("createLabel", input, LABEL),
      server.mutate<{ label: Label }>("createLabel", input, LABEL),
    ]);
    expect(second).toEqual(first);
    expect(await server.refuses("createLabel", { ...input, name: "Twice" })).toMatchObject({
      code: "IDEMPOTENCY_CONFLICT",
    });
  });

  it("stays as it is while its project is archived", async () => {
    const archived = await makeFixture(server);
    await server.mutate("updateProject", { id: archived.projectId, archived: true }, "project { id }");
    const label = archived.labels.claim;
    for (const [name, input] of [
      ["createLabel", { projectId: archived.projectId, name: "x", color: "TEAL" }],
      ["updateLabel", { id: label, expectedVersion: 1, name: "x" }],
      ["moveLabel", { id: label }],
      ["deleteLabel", { id: label, expectedVersion: 1 }],
      ["mergeLabel", { id: label, intoId: archived.labels.speaker }],
      ["updateRelationType", { id: archived.relationTypes.states, expectedVersion: 1, name: "x" }],
    ] as const)
      expect(await server.refuses(name, input)).toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("attributes that change under values", () => {
  it("leave the values stored, and are asked at the next change of that annotation's attributes", async () => {
    const at = await makeFixture(server);
    const definition = { key: "stance", name: "Stance", kind: "CHOICE", choices: ["for", "against"] };
    const [claim] = (await codebookOf(at.projectId)).labels.filter(({ key }) => key === "claim");
    const label = await updateLabel(claim!, { attributes: [definition] });
    const { id } = await annotate(server, at);
    const update = (expectedVersion: number, input: object) => ({ id, expectedVersion, ...input });
    await server.mutate("updateAnnotation", update(1, { attributes: { stance: "for" } }), "revision");

    await updateLabel(label, { attributes: [{ ...definition, choices: ["yes", "no"] }] });
    expect(await annotationNow(id)).toMatchObject({ version: 2, attributes: { stance: "for" } });
    // A note is no change of attributes.
    await server.mutate("updateAnnotation", update(2, { note: "x" }), "revision");
    expect(await annotationNow(id)).toMatchObject({ attributes: { stance: "for" } });
    const refused = await server.refuses("updateAnnotation", update(3, { attributes: { stance: "for" } }));
    expect(refused).toMatchObject({ field: "input.attributes.stance" });
    await server.mutate("updateAnnotation", update(3, { attributes: { stance: "yes" } }), "revision");
  });
});

describe("deleting a label", () => {
  it("is refused with the count while annotations have it", async () => {
    const at = await makeFixture(server);
    await annotate(server, at);
    await annotate(server, at);
    expect(await server.refuses("deleteLabel", { id: at.labels.claim, expectedVersion: 1 })).toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("2 annotations"),
      current: { annotationCount: 2 },
    });
  });

  it("keeps it archived, its key free, where only history names it", async () => {
    const at = await makeFixture(server);
    const made = await createLabel({ shortcut: "x" }, at);
    at.labels.made = made.id;
    const { id } = await annotate(server, at, { label: "made" });
    await server.mutate("deleteAnnotation", { id, expectedVersion: 1 }, "revision");
    const { label } = await server.mutate<{ label: Label | null }>(
      "deleteLabel",
      { id: made.id, expectedVersion: 1 },
      `labelId ${LABEL}`,
    );
    expect(label).toMatchObject({ id: made.id, shortcut: null, version: 2 });
    expect(label?.archivedAt).not.toBe(null);
    await createLabel({ shortcut: "x" }, at);
    await server.mutate("restoreAnnotation", { id }, "revision");
    expect((await annotationNow(id))?.label.id).toBe(made.id);
  });

  it("leaves nothing of an unused one; labels below it move up, relation types name it no more", async () => {
    const at = await makeFixture(server);
    const top = await createLabel({}, at);
    const middle = await createLabel({ parentId: top.id }, at);
    const bottom = await createLabel({ parentId: middle.id }, at);
    const { relationType } = await server.mutate<{ relationType: { id: string; key: string } }>(
      "createRelationType",
      {
        projectId: at.projectId,
        name: "is about",
        sourceLabelIds: [at.labels.claim, middle.id],
        targetLabelIds: [],
      },
      "relationType { id key }",
    );
    const gone = await server.mutate<{ label: null }>(
      "deleteLabel",
      { id: middle.id, expectedVersion: 1 },
      "labelId label { id }",
    );
    expect(gone.label).toBe(null);
    const { labels, relationTypes } = await codebookOf(at.projectId);
    expect(labels.map(({ id }) => id)).not.toContain(middle.id);
    expect(labels.find(({ id }) => id === bottom.id)).toMatchObject({ parent: { id: top.id }, version: 2 });
    expect(relationTypes.find(({ id }) => id === relationType.id)).toMatchObject({
      key: "is-about",
      version: 2,
      sourceLabels: [{ key: "claim" }],
    });
    // The last one at an end may not go: the relation type would take any label.
    expect(await server.refuses("deleteLabel", { id: at.labels.claim, expectedVersion: 1 })).toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("“states”"),
    });
  });

  it("and tagging with it at the same moment: one of the two wins, and nothing is left half done", async () => {
    const at = await makeFixture(server);
    for (let round = 0; round < 3; round++) {
      const made = await createLabel({}, at);
      at.labels.made = made.id;
      const [tagged, deleted] = await Promise.all([
        server.ask(`mutation ($i: CreateAnnotationInput!) { createAnnotation(input: $i) { revision } }`, {
          i: { documentId: at.documentId, labelId: made.id, fragments: [{ start: 0, end: 3 }] },
        }),
        server.ask(`mutation ($i: DeleteLabelInput!) { deleteLabel(input: $i) { labelId } }`, {
          i: { id: made.id, expectedVersion: 1 },
        }),
      ]);
      const codes = [tagged, deleted].map(({ errors }) => errors?.[0]?.extensions.code);
      expect([
        [undefined, "CONFLICT"],
        ["BAD_USER_INPUT", undefined],
      ]).toContainEqual(codes);
    }
  });
});

describe("merging a label into another", () => {
  it("moves its annotations, each as one change, and leaves a tombstone that names its heir", async () => {
    const at = await makeFixture(server);
    const second = { ...at, documentId: await importDocument(server, at.projectId) };
    const [claim] = (await codebookOf(at.projectId)).labels.filter(({ key }) => key === "claim");
    const source = await createLabel(
      { shortcut: "x", attributes: [{ key: "mood", name: "Mood", kind: "TEXT" }] },
      at,
    );
    const child = await createLabel({ parentId: source.id }, at);
    at.labels.source = source.id;
    second.labels = at.labels;
    const one = await annotate(server, at, { label: "source", fragments: [{ start: 4, end: 9 }] });
    const two = await annotate(server, at, { label: "source" });
    const deleted = await annotate(server, at, { label: "source" });
    await server.mutate("deleteAnnotation", { id: deleted.id, expectedVersion: 1 }, "revision");
    const three = await annotate(server, second, { label: "source" });
    const update = { id: two.id, expectedVersion: 1, attributes: { mood: "glad" } };
    await server.mutate("updateAnnotation", update, "revision");

    const input = { id: source.id, intoId: claim!.id };
    const counts = "annotationCount unfittingCount widenedRelationTypes { key }";
    const before = await codebookOf(at.projectId);
    const report = { annotationCount: 3, unfittingCount: 1, widenedRelationTypes: [] };
    expect(await server.mutate("mergeLabel", { ...input, dryRun: true }, counts)).toEqual(report);
    expect(await codebookOf(at.projectId)).toEqual(before);

    const seen = watch<{
      revision: number;
      annotation?: { id: string; version: number; label: { key: string } };
    }>(
      server.socket(),
      at.documentId,
      5,
      "revision clientMutationId author { name } ... on AnnotationSaved { annotation { id version attributes label { key } } }",
    );
    const clientMutationId = randomUUID();
    const merge = { ...input, clientMutationId };
    const merged = await server.mutate<{ label: Label }>("mergeLabel", merge, `${counts} ${LABEL}`);
    expect(merged).toMatchObject({ ...report, label: { heir: { id: claim!.id }, shortcut: null } });
    expect(await server.mutate("mergeLabel", merge, `${counts} ${LABEL}`)).toEqual(merged);

    const changes = await seen.until((all) => all.length >= 2);
    seen.stop();
    const change = { clientMutationId, author: { name: "Owner" } };
    expect(changes).toEqual([
      {
        ...change,
        revision: 6,
        annotation: { id: two.id, version: 3, attributes: { mood: "glad" }, label: { key: "claim" } },
      },
      {
        ...change,
        revision: 7,
        annotation: { id: one.id, version: 2, attributes: {}, label: { key: "claim" } },
      },
    ]);
    expect(await annotationNow(three.id)).toMatchObject({ version: 2, label: { key: "claim" } });
    const { labels } = await codebookOf(at.projectId);
    expect(labels.find(({ id }) => id === child.id)?.parent).toEqual({ id: claim!.id });

    // What was deleted comes back under the heir, what is still sent for the merged label gets the heir.
    await server.mutate("restoreAnnotation", { id: deleted.id }, "revision");
    expect(await annotationNow(deleted.id)).toMatchObject({ version: 2, label: { key: "claim" } });
    const late = await annotate(server, at, { label: "source" });
    expect((await annotationNow(late.id))?.label.key).toBe("claim");
    const relabel = async (id: string, expectedVersion: number) => {
      await server.mutate("updateAnnotation", { id, expectedVersion, labelId: source.id }, "revision");
      return annotationNow(id);
    };
    expect(await relabel(late.id, 1)).toMatchObject({ version: 1, label: { key: "claim" } });
    const other = await annotate(server, at, { label: "speaker" });
    expect(await relabel(other.id, 1)).toMatchObject({ version: 2, label: { key: "claim" } });
    for (const [name, more] of [
      ["updateLabel", { expectedVersion: 2, archived: false }],
      ["deleteLabel", { expectedVersion: 2 }],
      ["mergeLabel", { intoId: at.labels.speaker }],
    ] as const) {
      expect(await server.refuses(name, { id: source.id, ...more })).toMatchObject({
        code: "BAD_USER_INPUT",
        field: "input.id",
        message: expect.stringContaining("“Claim”"),
      });
    }
    // The heir of somebody stays as long as they name it, also in a chain of heirs.
    const last = await createLabel({}, at);
    await server.mutate("mergeLabel", { id: claim!.id, intoId: last.id, widenRelationTypes: true }, counts);
    const later = await annotate(server, at, { label: "source" });
    expect((await annotationNow(later.id))?.label.id).toBe(last.id);
  });

  it("puts the heir in the label's place in relation types, which is asked before a type takes more", async () => {
    const at = await makeFixture(server);
    const { labels, relationTypes } = at;
    const source = await annotate(server, at, { label: "speaker" });
    const target = await annotate(server, at, { label: "initiative" });
    await server.mutate(
      "createRelation",
      { typeId: relationTypes.proposes, sourceId: source.id, targetId: target.id },
      "revision",
    );
    const input = { id: labels.initiative, intoId: labels.claim };
    const selection = "annotationCount widenedRelationTypes { key version targetLabels { key } }";
    const before = await codebookOf(at.projectId);
    expect(await server.mutate("mergeLabel", { ...input, dryRun: true }, selection)).toEqual({
      annotationCount: 1,
      widenedRelationTypes: [{ key: "proposes", version: 1, targetLabels: [{ key: "initiative" }] }],
    });
    expect(await server.refuses("mergeLabel", input)).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.widenRelationTypes",
      message: expect.stringContaining("“proposes”"),
    });
    expect(await codebookOf(at.projectId)).toEqual(before);
    expect((await annotationNow(target.id))?.label.key).toBe("initiative");
    const merged = await server.mutate("mergeLabel", { ...input, widenRelationTypes: true }, selection);
    expect(merged).toEqual({
      annotationCount: 1,
      widenedRelationTypes: [{ key: "proposes", version: 2, targetLabels: [{ key: "claim" }] }],
    });
    expect(await annotationNow(target.id)).toMatchObject({ label: { key: "claim" }, relations: [{}] });
  });

  it("loses nothing of what is tagged meanwhile, nor of documents that come in", async () => {
    const at = await makeFixture(server);
    const made = await createLabel({}, at);
    at.labels.made = made.id;
    const tag = () => annotate(server, at, { label: "made" });
    const writers = [1, 2, 3].map(async () => {
      for (let i = 0; i < 4; i++) await tag();
    });
    const coming = (async () => {
      for (let i = 0; i < 4; i++) {
        const documentId = await importDocument(server, at.projectId);
        await annotate(server, { ...at, documentId }, { label: "made" });
      }
    })();
    await tag();
    await server.mutate("mergeLabel", { id: made.id, intoId: at.labels.claim }, "annotationCount");
    await Promise.all([...writers, coming]);
    expect(
      await server.sql(
        `select l.key, count(*)::int from annotation a join label l on l.id = a.label_id
      where a.project_id = $1 group by 1`,
        [at.projectId],
      ),
    ).toEqual([{ key: "claim", count: 17 }]);
    expect(
      await server.sql(
        `select l.id from layer l left join layer_change c on c.layer_id = l.id where l.project_id = $1
         group by l.id having l.revision <> coalesce(max(c.revision), 0) or count(c.*) <> l.revision`,
        [at.projectId],
      ),
    ).toEqual([]);
  });

  it("gives the heir to what a file brings in for it", async () => {
    // Another text: one that is there already would not come in again.
    const from = await makeFixture(server, "The harbour is to be dredged.");
    await annotate(server, from, { label: "initiative" });
    const file = await exportFile(server, from.projectId, "json");
    const at = await makeFixture(server);
    const merge = { id: at.labels.initiative, intoId: at.labels.claim, widenRelationTypes: true };
    await server.mutate("mergeLabel", merge, "annotationCount");
    await importFile(server, at.projectId, file);
    expect(
      await server.sql(
        `select l.key from annotation a join label l on l.id = a.label_id where a.project_id = $1`,
        [at.projectId],
      ),
    ).toEqual([{ key: "claim" }]);
  });

  it.each([
    ["itself", (at: Fixture) => at.labels.claim],
    ["one of another project", () => fixture.labels.claim],
    ["nothing", () => randomUUID()],
  ])("refuses %s as the heir", async (_what, heir) => {
    const at = await makeFixture(server);
    const input = { id: at.labels.claim, intoId: heir(at) };
    expect(await server.refuses("mergeLabel", input)).toMatchObject({ field: "input.intoId" });
  });

  it("never puts a label above itself, wherever the heir stands below", async () => {
    const at = await makeFixture(server);
    const top = await createLabel({}, at);
    const middle = await createLabel({ parentId: top.id }, at);
    const bottom = await createLabel({ parentId: middle.id }, at);
    await server.mutate("mergeLabel", { id: top.id, intoId: bottom.id }, "annotationCount");
    const { labels } = await codebookOf(at.projectId);
    const parentOf = (label: Label) => labels.find(({ id }) => id === label.id)?.parent?.id ?? null;
    expect([bottom, middle].map(parentOf)).toEqual([null, bottom.id]);
  });
});

describe("a relation type", () => {
  it("is changed, archived and deleted by the same rules", async () => {
    const at = await makeFixture(server);
    const { labels, projectId } = at;
    const type = "relationType { id key name version archivedAt sourceLabels { key } targetLabels { key } }";
    const { relationType } = await server.mutate<{ relationType: { id: string } }>(
      "createRelationType",
      { projectId, name: "answers", sourceLabelIds: [labels.claim], targetLabelIds: [] },
      type,
    );
    const { id } = relationType;
    const sourceId = (await annotate(server, at)).id;
    const targetId = (await annotate(server, at)).id;
    const relate = { typeId: id, sourceId, targetId };
    const { relation } = await server.mutate<{ relation: { id: string } }>(
      "createRelation",
      relate,
      "relation { id }",
    );
    expect(await server.refuses("deleteRelationType", { id, expectedVersion: 1 })).toMatchObject({
      code: "CONFLICT",
      current: { relationCount: 1 },
    });
    const change = {
      id,
      expectedVersion: 1,
      name: "replies to",
      sourceLabelIds: [labels.speaker],
      archived: true,
    };
    expect(await server.mutate("updateRelationType", change, type)).toMatchObject({
      relationType: { key: "answers", name: "replies to", version: 2, sourceLabels: [{ key: "speaker" }] },
    });
    expect(await server.refuses("updateRelationType", change)).toMatchObject({ code: "CONFLICT" });
    await server.mutate("deleteRelation", { id: relation.id }, "revision");
    expect(await server.refuses("createRelation", relate)).toMatchObject({
      field: "input.typeId",
      message: expect.stringContaining("archived"),
    });
    // A deleted relation names it.
    expect(await server.mutate("deleteRelationType", { id, expectedVersion: 2 }, type)).toMatchObject({
      relationType: { id },
    });
    const unused = { id: at.relationTypes.states, expectedVersion: 1 };
    expect(await server.mutate("deleteRelationType", unused, type)).toEqual({ relationType: null });
    const wrong = { projectId, name: "x", sourceLabelIds: [fixture.labels.claim], targetLabelIds: [] };
    expect(await server.refuses("createRelationType", wrong)).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.sourceLabelIds[0]",
    });
  });
});

it("counts how much a label is used, and where its values are left out", async () => {
  const at = await makeFixture(server);
  const attribute = { name: "Stance", kind: "TEXT", choices: [], required: true };
  const { label } = await server.mutate<{ label: Label }>(
    "updateLabel",
    { id: at.labels.claim, expectedVersion: 1, attributes: [{ key: "stance", ...attribute }] },
    LABEL,
  );
  const colleague = await invite(server, at.projectId, "ANNOTATOR");
  const first = await annotate(server, at);
  await annotate(server, at, { token: colleague.token, fragments: [{ start: 4, end: 9 }] });
  const gone = await annotate(server, at, { fragments: [{ start: 4, end: 6 }] });
  await server.mutate("deleteAnnotation", { id: gone.id, expectedVersion: 1 }, "revision");
  await server.mutate(
    "updateAnnotation",
    { id: first.id, expectedVersion: 1, attributes: { stance: "for" } },
    "revision",
  );
  const usages = async () => {
    const { project } = await server.must<{ project: { labels: { id: string; usage: object }[] } }>(
      `query ($id: ID!) { project(id: $id) { labels { id usage {
        annotationCount documentCount annotatorCount emptyAttributes { key annotationCount } } } } }`,
      { id: at.projectId },
    );
    return new Map(project.labels.map(({ id, usage }) => [id, usage]));
  };
  expect((await usages()).get(label.id)).toEqual({
    annotationCount: 2,
    documentCount: 1,
    annotatorCount: 2,
    emptyAttributes: [{ key: "stance", annotationCount: 1 }],
  });
  expect((await usages()).get(at.labels.speaker ?? "")).toEqual({
    annotationCount: 0,
    documentCount: 0,
    annotatorCount: 0,
    emptyAttributes: [],
  });
  await server.mutate("deleteDocument", { id: at.documentId }, "__typename");
  expect((await usages()).get(label.id)).toMatchObject({
    annotationCount: 0,
    emptyAttributes: [{ annotationCount: 0 }],
  });
});
