// What becomes of codebook, authors, ids and bad documents when a corpus comes in.
import { createHash, randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import {
  annotate,
  importDocument,
  invite,
  makeFixture,
  startServer,
  type TestServer,
} from "../support/server.ts";
import { emptyProject, exportFile, importFile, request } from "./importing.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  return () => server.dispose();
});

const TIME = "2026-03-12T09:30:00.120Z";

function label(key: string, more: object = {}) {
  return {
    id: randomUUID(),
    key,
    name: key,
    color: "TEAL",
    shortcut: null,
    description: "",
    parent: null,
    archivedAt: null,
    attributes: [],
    ...more,
  };
}

/** A document with one annotation, one comment and nothing odd. */
function document(author: string, more: object = {}) {
  const text = "Ilse said so.";
  const annotation = {
    id: randomUUID(),
    label: "claim",
    fragments: [[0, 4]],
    quote: "Ilse",
    attributes: {},
    note: "",
    origin: "HUMAN",
    createdBy: author,
    createdAt: TIME,
    updatedBy: author,
    updatedAt: TIME,
    version: 3,
  };
  return {
    id: randomUUID(),
    sourceId: null,
    title: "Said",
    language: null,
    metadata: {},
    createdAt: TIME,
    text,
    sha256: createHash("sha256").update(text).digest("hex"),
    annotations: [annotation],
    relations: [],
    comments: [
      {
        id: randomUUID(),
        annotation: annotation.id,
        body: "Hm",
        createdBy: author,
        createdAt: TIME,
        updatedAt: TIME,
        resolvedAt: null,
      },
    ],
    ...more,
  };
}

function corpus(users: { id: string; name: string }[], documents: object[], project: object = {}) {
  const header = {
    format: "concord-corpus",
    version: 1,
    offsets: "code-points",
    project: {
      name: "Taken over",
      description: "words",
      guidelines: "# Rules",
      labels: [label("claim")],
      relationTypes: [],
      ...project,
    },
    users,
  };
  return `${[header, ...documents].map((line) => JSON.stringify(line)).join("\n")}\n`;
}

interface Read {
  users: { id: string; name: string }[];
  project: {
    name: string;
    labels: { id: string; key: string; name: string; shortcut: string | null }[];
    relationTypes: { key: string }[];
  };
  documents: {
    id: string;
    title: string;
    annotations: { id: string; createdBy: string; createdAt: string; version: number }[];
    comments: { createdBy: string }[];
  }[];
}

async function read(projectId: string): Promise<Read> {
  return JSON.parse(await exportFile(server, projectId, "json"));
}

const messages = (problems: { message: string }[]) => problems.map(({ message }) => message);

describe("authors", () => {
  it("who are nobody here come in as imported people, who are told apart and can't sign in", async () => {
    const ilse = { id: randomUUID(), name: "Ilse" };
    const project = await emptyProject(server);
    await importFile(server, project, corpus([ilse], [document(ilse.id)]));
    const { annotations } = await server.must<{
      annotations: { nodes: { createdBy: { id: string; name: string; imported: boolean } }[] };
    }>(
      `query ($p: ID!) { annotations(filter: { projectId: $p }) { nodes { createdBy { id name imported } } } }`,
      { p: project },
    );
    expect(annotations.nodes).toEqual([{ createdBy: { ...ilse, imported: true } }]);
    const { viewer } = await server.must<{ viewer: { id: string } }>("{ viewer { id } }");
    const { project: own } = await server.must<{
      project: { members: { user: { id: string; imported: boolean } }[] };
    }>(`query ($p: ID!) { project(id: $p) { members { user { id imported } } } }`, { p: project });
    expect(own.members).toEqual([{ user: { id: viewer.id, imported: false } }]);
  });

  it("who are members here under that id are themselves; other people's ids are not taken", async () => {
    const project = await emptyProject(server);
    const elsewhere = await emptyProject(server);
    const member = await invite(server, project, "ANNOTATOR", "Member");
    const stranger = await invite(server, elsewhere, "ANNOTATOR", "Stranger");
    const users = [
      { id: member.userId, name: "Called otherwise" },
      { id: stranger.userId, name: "Claims to be" },
    ];
    const job = await importFile(
      server,
      project,
      corpus(
        users,
        users.map(({ id }) => document(id)),
      ),
    );
    const { users: now, documents } = await read(project);
    expect(now.find(({ id }) => id === member.userId)?.name).toBe("Member");
    const other = now.find(({ id }) => id !== member.userId);
    expect(other?.name).toBe("Claims to be");
    expect(other?.id).not.toBe(stranger.userId);
    expect(documents.map((it) => it.annotations[0]?.createdBy)).toEqual([member.userId, other?.id]);
    expect(messages(job.problems)).toEqual([
      `The user id ${stranger.userId} is taken here by somebody else; “Claims to be” came in as ${other?.id}.`,
    ]);
  });

  it("of an earlier import into the project are the same people again, in another project others", async () => {
    const ilse = { id: randomUUID(), name: "Ilse" };
    const [one, two] = [await emptyProject(server), await emptyProject(server)];
    await importFile(server, one, corpus([ilse], [document(ilse.id)]));
    await importFile(server, one, corpus([ilse], [document(ilse.id)]));
    expect((await read(one)).users).toEqual([ilse]);
    const job = await importFile(server, two, corpus([ilse], [document(ilse.id)]));
    expect((await read(two)).users).not.toEqual([ilse]);
    expect(messages(job.problems)[0]).toContain(`The user id ${ilse.id} is taken here`);
  });

  it("are only named by an owner: a curator's import is the curator's own work, times and all else kept", async () => {
    const ilse = { id: randomUUID(), name: "Ilse" };
    const project = await emptyProject(server);
    const curator = await invite(server, project, "CURATOR");
    const job = await importFile(server, project, corpus([ilse], [document(ilse.id)]), "", curator.token);
    expect(messages(job.problems)).toEqual([
      "The work of 1 author came in as your own: only an owner's import may name authors.",
    ]);
    const { users, documents } = await read(project);
    expect(users).toEqual([{ id: curator.userId, name: "curator" }]);
    expect(documents[0]).toMatchObject({
      annotations: [{ createdBy: curator.userId, createdAt: TIME, version: 3 }],
      comments: [{ createdBy: curator.userId }],
    });
    expect(await server.sql("select 1 from person where id = $1", [ilse.id])).toEqual([]);
  });
});

describe("the codebook", () => {
  const owner = { id: randomUUID(), name: "Somebody" };

  it("takes the place of an untouched default one, ids and words included", async () => {
    const project = await emptyProject(server);
    const labels = [label("part", { parent: "whole", shortcut: "s" }), label("whole", { archivedAt: TIME })];
    const job = await importFile(server, project, corpus([owner], [], { labels }));
    expect(job).toMatchObject({ state: "done", documentCount: 0, problems: [] });
    const { project: now } = await read(project);
    expect(now).toMatchObject({
      name: "Taken over",
      description: "words",
      guidelines: "# Rules",
      relationTypes: [],
    });
    expect(now.labels).toEqual(labels);
  });

  it("is merged by key where the project has documents: what is there stays, what is missing is added", async () => {
    const owner = { id: randomUUID(), name: "Somebody else" };
    const fixture = await makeFixture(server);
    const before = await read(fixture.projectId);
    const labels = [
      label("claim", { name: "Other name", shortcut: "x" }),
      label("place", { shortcut: "s", parent: "claim" }),
    ];
    const relationTypes = [
      { id: randomUUID(), key: "located", name: "located", sourceLabels: ["claim"], targetLabels: ["place"] },
    ];
    const job = await importFile(
      server,
      fixture.projectId,
      corpus([owner], [document(owner.id)], { labels, relationTypes }),
    );
    expect(messages(job.problems)).toEqual([
      "The label place came in without its shortcut s, which another label has.",
      "New labels in the codebook: place.",
      "The project's own labels stay as they are; the file has these otherwise: claim.",
      "New relation types in the codebook: located.",
    ]);
    const after = await read(fixture.projectId);
    expect(after.project.name).toBe(before.project.name);
    expect(after.project.labels).toEqual([...before.project.labels, { ...labels[1], shortcut: null }]);
    expect(after.project.relationTypes).toEqual([...before.project.relationTypes, relationTypes[0]]);
  });

  it("stays where deleted documents, which can come back, hold on to it", async () => {
    const fixture = await makeFixture(server);
    await annotate(server, fixture);
    await server.mutate("deleteDocument", { id: fixture.documentId }, "clientMutationId");
    const job = await importFile(server, fixture.projectId, corpus([owner], []));
    expect(job.state).toBe("done");
    const { project } = await read(fixture.projectId);
    expect(project.name).toBe("Taken over");
    expect(project.labels.map(({ key }) => key)).toEqual(["speaker", "claim", "initiative", "agreement"]);
  });

  it("does not refuse what it does not allow, and says so", async () => {
    const project = await emptyProject(server);
    const one = document(owner.id);
    const [annotation] = one.annotations;
    const other = { ...annotation, id: randomUUID() };
    const odd = {
      ...one,
      annotations: [{ ...annotation, attributes: { mood: 1 } }, other],
      relations: [
        {
          id: randomUUID(),
          type: "odd",
          source: annotation?.id,
          target: other.id,
          createdBy: owner.id,
          createdAt: TIME,
        },
      ],
    };
    const labels = [label("claim"), label("place")];
    const relationTypes = [
      { id: randomUUID(), key: "odd", name: "odd", sourceLabels: ["place"], targetLabels: [] },
    ];
    const content = corpus([owner], [odd], { labels, relationTypes });
    const job = await importFile(server, project, content);
    expect(job).toMatchObject({ state: "done", documentCount: 1, annotationCount: 2 });
    expect(job.problems.filter(({ line }) => line !== null)).toMatchObject([
      {
        line: 2,
        severity: "warning",
        message: expect.stringContaining("An attribute of claim is not as the codebook has it"),
      },
      {
        line: 2,
        severity: "warning",
        message: expect.stringContaining("The codebook has no odd from claim to claim"),
      },
    ]);
  });
});

describe("ids and source ids", () => {
  it("that are taken on this server are replaced, and both are named", async () => {
    const author = { id: randomUUID(), name: "A" };
    const [one, two] = [await emptyProject(server), await emptyProject(server)];
    const content = corpus([author], [document(author.id)]);
    await importFile(server, one, content);
    const first = await exportFile(server, one, "json");
    const job = await importFile(server, two, content);
    expect(job).toMatchObject({ state: "done", documentCount: 1 });
    expect(await exportFile(server, one, "json")).toBe(first);
    const [theirs, ours] = [await read(one), await read(two)];
    const pairs = [
      [theirs.project.labels[0]?.id, ours.project.labels[0]?.id],
      [theirs.users[0]?.id, ours.users[0]?.id],
      [theirs.documents[0]?.id, ours.documents[0]?.id],
      [theirs.documents[0]?.annotations[0]?.id, ours.documents[0]?.annotations[0]?.id],
    ];
    for (const [old, fresh] of pairs) {
      expect(fresh).not.toBe(old);
      expect(job.problems).toContainEqual(
        expect.objectContaining({
          severity: "warning",
          message: expect.stringMatching(new RegExp(`${old}.*${fresh}`)),
        }),
      );
    }
  });

  it("that are there twice in a file are replaced, too", async () => {
    const author = { id: randomUUID(), name: "A" };
    const project = await emptyProject(server);
    const twice = document(author.id);
    const job = await importFile(server, project, corpus([author], [twice, twice]));
    expect(job.documentCount).toBe(2);
    const { documents } = await read(project);
    expect(new Set(documents.map(({ id }) => id)).size).toBe(2);
    expect(documents[0]?.id).toBe(twice.id);
  });

  it("leave a document out whose source id the project knows, so that importing again makes nothing twice", async () => {
    const author = { id: randomUUID(), name: "A" };
    const project = await emptyProject(server);
    await importDocument(server, project, { sourceId: "wire-1" });
    const documents = [
      document(author.id, { sourceId: "wire-1" }),
      document(author.id, { sourceId: "wire-2" }),
      document(author.id, { sourceId: "wire-2", title: "Again" }),
    ];
    const content = corpus([author], documents);
    const job = await importFile(server, project, content);
    expect(job).toMatchObject({ documentCount: 1, documents: [documents[1]?.id] });
    expect(job.problems.filter(({ line }) => line !== null)).toMatchObject([
      { line: 2, message: '“Said” was left out: the project has a document with the sourceId "wire-1".' },
      { line: 4, message: '“Again” was left out: the project has a document with the sourceId "wire-2".' },
    ]);
    expect((await importFile(server, project, content)).documentCount).toBe(0);
  });
});

describe("what is wrong", () => {
  const author = { id: randomUUID(), name: "A" };

  it("keeps its document out as a whole, with line and column; the rest comes in, in order", async () => {
    const project = await emptyProject(server);
    const bad = document(author.id, { text: "other" });
    const [one, two] = [document(author.id), document(author.id)];
    const content = corpus([author], [one, bad, two]).replace(/\n$/, "\n{oops\n");
    const job = await importFile(server, project, content);
    expect(job).toMatchObject({
      state: "done",
      documentCount: 2,
      annotationCount: 2,
      documents: [one.id, two.id],
    });
    const errors = job.problems.filter(({ severity }) => severity === "error");
    expect(errors.map(({ line }) => line)).toEqual([3, 3, 5]);
    expect(errors[0]?.message).toMatch(/^sha256 must be that of the text/);
    expect(errors[2]).toMatchObject({
      column: 2,
      message: "This is not JSON: A member's name in double quotes was expected here.",
    });
    expect((await read(project)).documents.map(({ id }) => id)).toEqual([one.id, two.id]);
  });

  it("with the header refuses the file, and the project stays as it was", async () => {
    const project = await emptyProject(server);
    const before = await exportFile(server, project, "json");
    for (const content of [
      "a,b\n1,2\n",
      '{"format":"other"}',
      corpus([author], [document(author.id)], { labels: [label("x", { parent: "y" })] }),
    ]) {
      const job = await importFile(server, project, content);
      expect(job).toMatchObject({ state: "failed", documentCount: 0, documents: [] });
      expect(job.problems.some(({ severity }) => severity === "error")).toBe(true);
      // What is not sure to be what is kept for being asked about.
      if (job.canStart) await request(server, `/jobs/${job.id}`, { method: "DELETE" });
    }
    expect(await exportFile(server, project, "json")).toBe(before);
    expect(await server.sql("select 1 from import_piece")).toEqual([]);
  });

  it("is listed a thousand times at most", async () => {
    const project = await emptyProject(server);
    const job = await importFile(
      server,
      project,
      corpus(
        [author],
        Array.from({ length: 1_200 }, () => ({ title: "x" })),
      ),
    );
    expect(job.problems).toHaveLength(1_000);
    expect(job.problems.at(-1)?.message).toMatch(/^There are 20\d more problems/);
  });
});

describe("a dry run", () => {
  it("says what would be made and makes nothing", async () => {
    const ilse = { id: randomUUID(), name: "Ilse" };
    const project = await emptyProject(server);
    const before = await exportFile(server, project, "json");
    const persons = await server.sql("select count(*) from person");
    const content = corpus(
      [ilse],
      [
        document(ilse.id),
        { title: "no text" },
        document(ilse.id, { sourceId: "s" }),
        document(ilse.id, { sourceId: "s" }),
      ],
    );
    const dry = await importFile(server, project, content, "?dryRun=1");
    expect(dry).toMatchObject({
      state: "done",
      documentCount: 2,
      annotationCount: 2,
      documents: [],
      done: dry.total,
    });
    expect(await exportFile(server, project, "json")).toBe(before);
    expect(await server.sql("select count(*) from person")).toEqual(persons);
    const wet = await importFile(server, project, content);
    expect(wet).toMatchObject({ documentCount: 2, annotationCount: 2, problems: dry.problems });
  });
});
