// The command `concord` on a real server: signing in, corpora in and out, annotations by lines, watching, GraphQL.
import { chmod, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Desk, openDesk } from "../support/concord-command.ts";
import { createScratchDatabase } from "../support/database.ts";
import {
  annotate,
  disposeLater,
  type Fixture,
  importDocument,
  invite,
  makeFixture,
  startServer,
  type TestServer,
} from "../support/server.ts";
import { startTcpProxy } from "../support/tcp-proxy.ts";

let server: TestServer;
let desk: Desk;
let fixture: Fixture;
beforeAll(async () => {
  server = await startServer();
  return () => server.dispose();
});
beforeEach(async () => {
  fixture = await makeFixture(server);
  desk = await openDesk({ url: server.url, token: server.adminToken });
});

const parsed = (text: string) =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

const quotesIn = async (documentId: string) => {
  const { document } = await server.must<{
    document: { annotations: { nodes: { note: string; label: { key: string }; span: { quote: string } }[] } };
  }>(
    "query ($id: ID!) { document(id: $id) { annotations { nodes { note label { key } span { quote } } } } }",
    {
      id: documentId,
    },
  );
  return document.annotations.nodes.map(({ label, span }) => `${label.key}: ${span.quote}`);
};

describe("signing in", () => {
  it("keeps address and token where only the owner can read them, and forgets them", async () => {
    const own = await openDesk(null);
    const login = join(own.folder, "config", "concord", "login.json");
    const nobody = await own.run(["projects"]);
    expect(nobody).toMatchObject({ code: 3, stdout: "" });
    expect(nobody.stderr).toMatch(/concord login/);

    const wrong = await own.run(["login", server.url], "wrong-token\n");
    expect(wrong).toMatchObject({ code: 3, stdout: "" });
    await expect(stat(login)).rejects.toThrow("ENOENT");

    expect(await own.must(["login", server.url], `${server.adminToken}\n`)).toContain("as Owner");
    expect((await stat(login)).mode & 0o777).toBe(0o600);
    expect(await own.must(["projects"])).toContain(fixture.projectId);

    await chmod(login, 0o644);
    expect(await own.run(["projects"])).toMatchObject({ code: 3, stdout: "" });
    await own.must(["logout"]);
    await expect(stat(login)).rejects.toThrow("ENOENT");
  });

  it("sends a kept token to no other server", async () => {
    const own = await openDesk(null);
    await own.must(["login", server.url], server.adminToken);
    const elsewhere = await openDesk({ url: "http://127.0.0.1:9", token: "" });
    await mkdir(join(elsewhere.folder, "config", "concord"), { recursive: true });
    const kept = await readFile(join(own.folder, "config", "concord", "login.json"));
    await writeFile(join(elsewhere.folder, "config", "concord", "login.json"), kept, { mode: 0o600 });
    const { code, stderr } = await elsewhere.run(["projects"]);
    expect(code).toBe(3);
    expect(stderr).toContain("the kept token is for");
  });

  it("tells a wrong token, what is not there and what is not allowed by the exit code", async () => {
    const wrong = await openDesk({ url: server.url, token: "wrong" });
    expect(await wrong.run(["projects"])).toMatchObject({ code: 3, stdout: "" });
    expect(await desk.run(["documents", "No such project"])).toMatchObject({ code: 4 });
    const { token } = await invite(server, fixture.projectId, "VIEWER");
    const viewer = await openDesk({ url: server.url, token });
    const refused = await viewer.run(["import", fixture.projectId, "-"], "{}");
    expect(refused).toMatchObject({ code: 4, stdout: "" });
    expect(refused.stderr).toContain("Your role here is VIEWER");
    expect(await desk.run(["import"])).toMatchObject({ code: 2, stdout: "" });
    expect(await desk.run(["--help"])).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("importing and exporting", () => {
  it("brings in texts of a folder once, and names what is no text", async () => {
    const folder = join(desk.folder, "reports");
    await mkdir(join(folder, "april"), { recursive: true });
    await writeFile(join(folder, "boats.txt"), "The boats were never too few.");
    await writeFile(join(folder, "april", "library.md"), "# The library boat");
    await writeFile(join(folder, "broken.txt"), Buffer.from([0x61, 0xff, 0x62]));
    await writeFile(join(folder, "nul.txt"), "a\0b");
    await writeFile(join(folder, "utf16.txt"), Buffer.from("\uFEFFЛодки", "utf16le"));
    await writeFile(join(folder, ".hidden.txt"), "not this one");

    const dry = await desk.run(["import", fixture.projectId, "reports", "--dry-run"]);
    expect(dry).toMatchObject({ code: 1, stdout: "would bring in 3 texts\n" });
    const first = await desk.run(["import", fixture.projectId, "reports", "--language", "en"]);
    expect(first).toMatchObject({ code: 1, stdout: "3 texts\n" });
    expect(first.stderr).toContain("reports/broken.txt: It is not utf-8");
    expect(first.stderr).toContain("reports/nul.txt: There is a NUL at character 1");
    const second = await desk.run(["import", fixture.projectId, "reports", "--json"]);
    const states = parsed(second.stdout).map(({ file, state }) => `${file} ${state}`);
    expect(states.sort()).toEqual([
      "reports/april/library.md known",
      "reports/boats.txt known",
      "reports/broken.txt refused",
      "reports/nul.txt refused",
      "reports/utf16.txt known",
    ]);
    const listed = await desk.must(["documents", fixture.projectId]);
    expect(listed.split("\n").map((line) => line.split("\t")[2])).toEqual([
      "A report",
      "library",
      "boats",
      "utf16",
      undefined,
    ]);
  });

  it("sends the rest of a batch when the server refuses one text", async () => {
    await writeFile(join(desk.folder, "good.txt"), "Good.");
    await writeFile(join(desk.folder, "long.txt"), "x".repeat(2_000_001));
    await writeFile(join(desk.folder, "also.txt"), "Good as well.");
    const ended = await desk.run(["import", fixture.projectId, "good.txt", "long.txt", "also.txt", "--json"]);
    expect(ended.code).toBe(1);
    expect(parsed(ended.stdout).map(({ file, state }) => `${file} ${state}`)).toEqual([
      "good.txt made",
      "long.txt refused",
      "also.txt made",
    ]);
  });

  it("takes a corpus out, whole or not at all, and into another project", async () => {
    await annotate(server, fixture, { note: "kept" });
    await server.mutate("createProject", { name: "Copy of boats" }, "project { id }");
    expect(await desk.must(["export", fixture.projectId, "-o", "corpus.ndjson"])).toMatch(
      /^corpus\.ndjson: .*B\n$/,
    );
    const piped = await desk.must(["export", fixture.projectId, "--format", "ndjson"]);
    expect(await readFile(join(desk.folder, "corpus.ndjson"), "utf8")).toBe(piped);
    expect(await desk.run(["export", fixture.projectId, "-o", "corpus.ndjson"])).toMatchObject({ code: 2 });
    expect(await desk.run(["export", fixture.projectId, "--format", "pigeon", "-o", "x"])).toMatchObject({
      code: 1,
    });
    await expect(stat(join(desk.folder, "x.part"))).rejects.toThrow("ENOENT");

    const dry = await desk.must(["import", "Copy of boats", "corpus.ndjson", "--dry-run"]);
    expect(dry).toBe(
      [
        "corpus.ndjson: would bring in 1 document, 1 annotation",
        "  format: concord, utf-8",
        "  new labels: speaker (0), claim (1), initiative (0), agreement (0)",
        "  new relation types: states (0), proposes (0), party-to (0), same-as (0)\n",
      ].join("\n"),
    );
    expect(await desk.must(["import", "Copy of boats", "-"], piped)).toBe(
      "standard input: 1 document, 1 annotation\n",
    );
  });

  it("looks at another tool's file, maps its labels, brings it in and takes it back", async () => {
    const { projectId } = await makeFixture(server);
    const lines = [
      {
        text: "Ann saw Rome.",
        label: [
          [0, 3, "PER"],
          [8, 12, "LOC"],
        ],
      },
      { text: "Bo", label: [[0, 9, "PER"]] },
      { text: "Bo slept.", label: [[0, 2, "PER"]] },
    ];
    await writeFile(
      join(desk.folder, "news.jsonl"),
      lines.map((line) => `${JSON.stringify(line)}\n`).join(""),
    );
    const map = ["--map", "PER=speaker", "--map", "LOC="];
    const dry = await desk.run(["import", projectId, "news.jsonl", "--dry-run"]);
    expect(dry).toMatchObject({
      code: 1,
      stdout: [
        "news.jsonl: would bring in 2 documents, 3 annotations",
        "  format: doccano, utf-8",
        "  new labels: PER (2), LOC (1)\n",
      ].join("\n"),
    });
    expect(dry.stderr).toMatch(/^news\.jsonl:2:1: error: /m);
    // Nothing of it is kept: the file is here.
    expect(await server.sql("select 1 from import_piece")).toEqual([]);
    const done = await desk.run(["import", projectId, "news.jsonl", ...map]);
    expect(done).toMatchObject({ code: 1, stdout: "news.jsonl: 2 documents, 2 annotations\n" });
    const [, job = ""] = /concord import --undo (\S+) takes it back/.exec(done.stderr) ?? [];
    expect(await desk.must(["import", "--undo", job])).toBe("taken back\n");
    expect((await desk.must(["documents", projectId])).trim().split("\n")).toHaveLength(1);
    expect(await desk.run(["import", "--undo", job])).toMatchObject({ code: 1, stdout: "" });

    await writeFile(join(desk.folder, "table.csv"), "Kopf,Inhalt\nA,Ein Satz.\n");
    const columns = ["--columns", "text=Inhalt,title=Kopf"];
    expect(await desk.run(["import", projectId, "table.csv"])).toMatchObject({ code: 1 });
    expect(await desk.must(["import", projectId, "table.csv", ...columns, "--dry-run"])).toContain(
      "  columns: text=Inhalt, title=Kopf; metadata: all others\n",
    );
    for (const wrong of [
      ["--map", "PER"],
      ["--columns", "Body"],
      ["--undo", job],
    ])
      expect(await desk.run(["import", projectId, "table.csv", ...wrong])).toMatchObject({
        code: 2,
        stdout: "",
      });
  });

  it("takes out what is asked for in any format, and names what that leaves out", async () => {
    const claim = await annotate(server, fixture, { note: "kept" });
    await annotate(server, fixture, { label: "speaker", fragments: [{ start: 4, end: 12 }] });
    await server.must("mutation ($i: CreateCommentInput!) { createComment(input: $i) { comment { id } } }", {
      i: { annotationId: claim.id, body: "Really?" },
    });
    const brat = await desk.run(["export", fixture.projectId, "--format", "brat", "-o", "corpus.zip"]);
    expect(brat).toMatchObject({ code: 0, stdout: expect.stringMatching(/^corpus\.zip: .*B\n$/) });
    expect(brat.stderr).toMatch(/^concord: "A report": one comment is left out\.$/m);
    expect((await readFile(join(desk.folder, "corpus.zip"))).subarray(0, 2).toString()).toBe("PK");
    const table = ["--table", "annotations", "--label", "claim", "--label", "initiative", "--quiet"];
    expect(await desk.run(["export", fixture.projectId, "-o", "claims.csv", ...table])).toMatchObject({
      code: 0,
      stderr: "",
    });
    const lines = (await readFile(join(desk.folder, "claims.csv"), "utf8")).trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(claim.id);

    const filters = [
      "--document",
      fixture.documentId,
      "--status",
      "inProgress",
      "--updated-since",
      "2026-01-01",
    ];
    const report = ["export", fixture.projectId, "--format", "conll", "--report", ...filters];
    expect(await desk.must(report)).toMatch(/^1 document, 2 annotations, 0 relations, 1 comment\n/);
    expect(parsed(await desk.must([...report, "--annotator", claim.id, "--json"]))).toMatchObject([
      { documentCount: 1, annotationCount: 0 },
    ]);
    expect(await desk.run(["export", fixture.projectId, "--status", "begun"])).toMatchObject({ code: 2 });
    expect(await desk.run(["export", fixture.projectId, "-o", "x.zip"])).toMatchObject({ code: 2 });
    expect((await desk.run(["export", fixture.projectId, "--label", "clam"])).stderr).toContain('"clam"');
  });

  it("calls an import off when it is interrupted", async () => {
    const [header] = (await desk.must(["export", fixture.projectId, "--format", "ndjson"])).split("\n");
    // So many that they come in several batches: the last one can't be called off.
    const documents = Array.from({ length: 600 }, (_, index) => ({
      title: `Report ${index}`,
      text: "Boats.",
    }));
    const corpus = [header, ...documents.map((document) => JSON.stringify(document))].join("\n");
    const { project } = await server.mutate<{ project: { id: string } }>(
      "createProject",
      { name: "Interrupted" },
      "project { id }",
    );
    // The job can't go on while somebody else holds the table.
    const holder = new pg.Client({ connectionString: server.database.url });
    await holder.connect();
    await disposeLater(() => holder.end());
    await holder.query("begin; lock table document in exclusive mode");
    const importing = desk.start(["import", project.id, "-"], corpus);
    const untilSomebodyWaits = async (event: string, query: string) => {
      // The search's index of earlier documents may wait for the table, too.
      const waits =
        "select 1 from pg_stat_activity where datname = current_database() and wait_event = $1 and query like $2";
      while ((await server.sql(waits, [event, query])).length === 0) await delay(20);
    };
    await untilSomebodyWaits("relation", "%insert into document %");
    importing.child.kill("SIGINT");
    // The job holds its row, so calling it off waits for what it is just doing.
    await untilSomebodyWaits("transactionid", "%from import_job%");
    await holder.query("rollback");
    const { code, stderr } = await importing.ended;
    expect(code).toBe(130);
    expect(stderr).toContain("the import is called off");
    const state = "select state from import_job where project_id = $1";
    while ((await server.sql(state, [project.id]))[0]?.state !== "CANCELLED") await delay(20);
    expect(await desk.must(["documents", project.id])).toBe("");
  });

  it("names the line and the column of what is wrong in a corpus", async () => {
    const lines = (await desk.must(["export", fixture.projectId, "--format", "ndjson"])).split("\n");
    lines[1] = (lines[1] ?? "").replace('"text":', '"text" ');
    const { projectId } = await makeFixture(server);
    const ended = await desk.run(["import", projectId, "-"], lines.join("\n"));
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/^standard input:2:\d+: error: /m);
  });
});

describe("annotating", () => {
  it("makes annotations by positions and by words, and tells of each line that it can't", async () => {
    const { documentId } = fixture; // The minister 🙂 said that the bridge would open in May.
    const lines = [
      { label: "claim", start: 4, end: 12 },
      { label: "claim", quote: "the bridge", note: "by words" },
      { label: "speaker", quote: "minister", start: 4 },
      {
        label: "claim",
        fragments: [
          [0, 3],
          [13, 14],
        ],
        quote: "The 🙂",
      },
      { label: "claim", quote: "e", prefix: "Th" },
      { label: "claim", quote: "e" },
      { label: "claim", quote: "a ferry" },
      { label: "claim", start: 4, end: 12, quote: "bridge" },
      { label: "hope", start: 4, end: 12 },
      { label: "claim", start: 50, end: 5000 },
      { label: "claim", start: 1, end: 2, quot: "h" },
    ];
    const file = `${lines.map((line) => JSON.stringify(line)).join("\n")}\n{"label":\n\n`;
    const args = ["annotate", "--document", documentId];
    const dry = await desk.run([...args, "--dry-run"], file);
    expect(dry).toMatchObject({ code: 1, stdout: "5 annotations would be made\n" });
    expect(await quotesIn(documentId)).toEqual([]);

    const ended = await desk.run([...args, "--json"], file);
    expect(ended.code).toBe(1);
    const outcomes = parsed(ended.stdout);
    expect(outcomes.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(outcomes.filter(({ ok }) => ok).map(({ quote }) => quote)).toEqual([
      "minister",
      "the bridge",
      "minister",
      "The 🙂",
      "e",
    ]);
    expect(outcomes.slice(5).map(({ field }) => field)).toEqual([
      "quote",
      "quote",
      "quote",
      "label",
      "fragments",
      "quot",
      null,
    ]);
    const made = (await quotesIn(documentId)).sort();
    expect(made).toEqual(
      ["claim: The 🙂", "claim: e", "claim: minister", "claim: the bridge", "speaker: minister"].sort(),
    );

    // Once more, as after it broke off.
    const again = await desk.run(args, file);
    expect(again.stdout).toBe("5 annotations\n");
    expect(again.stderr).toContain("standard input:7: quote: “a ferry” does not stand in the text.");
    expect(await quotesIn(documentId)).toHaveLength(5);
    await desk.run([...args, "--again"], `${JSON.stringify(lines[0])}\n`);
    expect(await quotesIn(documentId)).toHaveLength(6);
  });

  it("tells a document that is not there by its line", async () => {
    const { code, stderr } = await desk.run(
      ["annotate"],
      '{"document":"boats","label":"claim","start":0,"end":1}\n',
    );
    expect(code).toBe(1);
    expect(stderr).toContain("standard input:1: document: ");
  });
});

describe("watching", () => {
  it("goes on where it stopped, in one run over a killed server and from one run to the next", async () => {
    const database = await createScratchDatabase();
    await disposeLater(() => database.drop());
    let present = await startServer({}, database);
    await disposeLater(() => present.dispose());
    const { adminToken, url } = present;
    const port = Number(new URL(url).port);
    const proxy = await startTcpProxy(port);
    await disposeLater(() => proxy.dispose());
    const made = await makeFixture(present);
    const own = await openDesk({ url: `http://127.0.0.1:${proxy.port}`, token: adminToken });
    const watching = own.start(["watch", made.documentId, "--after", "0", "--state", "revision"]);
    await annotate(present, made);
    await watching.untilLines(1);
    await proxy.stop();
    await annotate(present, made);
    await present.dispose();
    await watching.untilLines(1, "stderr");
    present = await startServer({ port, publicUrl: url, adminToken }, database);
    await annotate(present, made);
    await proxy.start();
    const lines = await watching.untilLines(3);
    expect(lines.map((line) => JSON.parse(line).revision)).toEqual([1, 2, 3]);
    watching.child.kill("SIGINT");
    expect(await watching.ended).toMatchObject({ code: 130 });
    expect(await readFile(join(own.folder, "revision"), "utf8")).toBe("3\n");

    await annotate(present, made);
    const next = await own.must(["watch", made.documentId, "--state", "revision", "--count", "1"]);
    expect(parsed(next)).toMatchObject([{ __typename: "AnnotationSaved", revision: 4 }]);
  });

  it("ends without a word when whoever reads has enough", async () => {
    for (let index = 0; index < 3; index++) await annotate(server, fixture);
    const watching = desk.start(["watch", fixture.documentId, "--after", "0"]);
    await watching.untilLines(3);
    watching.child.stdout.destroy();
    await annotate(server, fixture);
    expect(await watching.ended).toMatchObject({ code: 0, stderr: "" });
  });

  it("says what is gone, and watches a project", async () => {
    expect(await desk.run(["watch", fixture.documentId, "--after", "99"])).toMatchObject({
      code: 6,
      stdout: "",
    });
    const id = await importDocument(server, fixture.projectId);
    const lines = await desk.must(["watch", fixture.projectId, "--project", "--after", "1", "--count", "1"]);
    expect(parsed(lines)).toMatchObject([{ __typename: "DocumentsImported", documentIds: [id] }]);
  });
});

describe("GraphQL and completion", () => {
  it("asks with variables, from the command, a file and a pipe", async () => {
    const query = "query ($id: ID!) { document(id: $id) { title } }";
    const answer = { document: { title: "A report" } };
    const variable = ["--var", `id=${fixture.documentId}`];
    expect(JSON.parse(await desk.must(["query", query, ...variable]))).toEqual(answer);
    await writeFile(join(desk.folder, "q.graphql"), query);
    await writeFile(join(desk.folder, "v.json"), JSON.stringify({ id: fixture.documentId }));
    expect(JSON.parse(await desk.must(["query", "-f", "q.graphql", "--variables", "@v.json"]))).toEqual(
      answer,
    );
    expect(JSON.parse(await desk.must(["query", "-", ...variable], query))).toEqual(answer);
    const bad = await desk.run(["query", '{ project(id: "boats") { name } }']);
    expect(bad).toMatchObject({ code: 1, stdout: "" });
    expect(bad.stderr).toMatch(/^concord: .*\(id\)/);
    expect(await desk.run(["query"])).toMatchObject({ code: 2 });
  });

  it("offers commands and options to the shells", async () => {
    expect(await desk.must(["complete", "--", "im"])).toMatch(/^import\t/);
    const options = await desk.must(["complete", "--", "annotate", "--d"]);
    expect(options.split("\n").map((line) => line.split("\t")[0])).toEqual(["--document", "--dry-run", ""]);
    for (const shell of ["bash", "zsh", "fish"])
      expect(await desk.must(["completion", shell])).toContain("concord complete --");
  });
});
