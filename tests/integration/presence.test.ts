// Who is at a document: coming, moving, leaving and falling silent; what is refused; several servers.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PresenceWatch, type SeenTab, watchPresence } from "../support/presence.ts";
import { describeWithRedis, publishAll, redisUrl } from "../support/redis.ts";
import {
  annotate,
  type Fixture,
  importDocument,
  invite,
  makeFixture,
  mutation,
  startServer,
  type TestServer,
  watch,
} from "../support/server.ts";
import { startTcpProxy, type TcpProxy } from "../support/tcp-proxy.ts";

/** The tabs of the latest list, in the order of their names. */
const here = ({ lists }: PresenceWatch) => (lists.at(-1)?.tabs ?? []).map(({ user }) => user.name).sort();

const comesToBe = (seen: PresenceWatch, names: string[], timeout = 5_000) =>
  expect.poll(() => here(seen), { timeout }).toEqual(names);

const say = (server: TestServer, input: object, token?: string) =>
  server.mutate<{ clientMutationId: string | null; expiresAt: string }>(
    "setPresence",
    input,
    "clientMutationId expiresAt",
    token,
  );

describe("on one server", () => {
  let server: TestServer;
  let fixture: Fixture;
  let ada: { token: string; userId: string };
  let bo: { token: string; userId: string };
  beforeAll(async () => {
    server = await startServer();
    fixture = await makeFixture(server);
    ada = await invite(server, fixture.projectId, "ANNOTATOR", "Ada");
    bo = await invite(server, fixture.projectId, "VIEWER", "Bo");
  });
  afterAll(() => server.dispose());

  it("people see each other come, move and leave, and nothing of it is stored", async () => {
    const documentId = await importDocument(server, fixture.projectId, { text: "She said 🙂 so." });
    const length = 14;
    const stored = () =>
      server.sql(
        `select (select max(revision) from layer) as revision, (select count(*) from applied_mutation) as applied`,
      );
    const before = await stored();
    const seen = watchPresence(server.socket(bo.token), documentId);
    await comesToBe(seen, []);
    const tabId = randomUUID();
    const clientMutationId = randomUUID();
    const answer = await say(server, { documentId, tabId, clientMutationId }, ada.token);
    expect(answer.clientMutationId).toBe(clientMutationId);
    expect(Date.parse(answer.expiresAt)).toBeGreaterThan(Date.now() + 5_000);
    await say(server, { documentId, tabId: randomUUID() }, bo.token);
    await comesToBe(seen, ["Ada", "Bo"]);
    expect(seen.lists.at(-1)).toMatchObject({ documentId, tabCount: 2, personCount: 2 });

    const annotationId = randomUUID();
    const place = {
      reading: { start: 0, end: length },
      selection: [
        { start: 0, end: 3 },
        { start: 9, end: 10 },
      ],
      annotationId,
      editing: true,
    };
    // The same clientMutationId, and yet it counts: it is not remembered.
    await say(server, { documentId, tabId, clientMutationId, ...place }, ada.token);
    const moved: SeenTab = { tabId, user: { id: ada.userId, name: "Ada" }, ...place };
    await expect.poll(() => seen.lists.at(-1)?.tabs[0]).toMatchObject(moved);

    // Another's tab of the same name is another tab.
    await server.mutate("leavePresence", { documentId, tabId }, "tabId", bo.token);
    await say(server, { documentId, tabId: tabId.toUpperCase() }, ada.token);
    await expect
      .poll(() => seen.lists.at(-1)?.tabs[0])
      .toMatchObject({ tabId, reading: null, selection: [], annotationId: null, editing: false });
    const left = { documentId, tabId, clientMutationId };
    expect(await server.mutate("leavePresence", left, "tabId clientMutationId", ada.token)).toEqual({
      tabId,
      clientMutationId,
    });
    await comesToBe(seen, ["Bo"]);
    expect(await stored()).toEqual(before);
  });

  it("a flood of one tab is told by few lists, the last of which is right", async () => {
    const documentId = await importDocument(server, fixture.projectId, { text: "x".repeat(100) });
    const tabId = randomUUID();
    const seen = watchPresence(server.socket(bo.token), documentId);
    await comesToBe(seen, []);
    const flood = Array.from(
      { length: 200 },
      (_, i) =>
        `m${i}: setPresence(input: { documentId: "${documentId}", tabId: "${tabId}", reading: { start: 0, end: ${(i % 20) + 1} } }) { expiresAt }`,
    );
    await server.must(`mutation { ${flood.join(" ")} }`, {}, ada.token);
    await say(server, { documentId, tabId, reading: { start: 5, end: 6 } }, ada.token);
    await expect.poll(() => seen.lists.at(-1)?.tabs[0]?.reading).toEqual({ start: 5, end: 6 });
    expect(seen.lists.length).toBeLessThan(100);
  });

  it.each<[string, object, string]>([
    ["a document that is no id", { documentId: "x" }, "input.documentId"],
    ["a tab that is no UUID", { tabId: "one" }, "input.tabId"],
    ["an annotation that is no UUID", { annotationId: "one" }, "input.annotationId"],
    ["editing nothing", { editing: true }, "input.editing"],
    ["a place before the text", { reading: { start: -1, end: 3 } }, "input.reading.start"],
    ["a place behind the text", { reading: { start: 0, end: 10_000 } }, "input.reading.end"],
    ["a place the wrong way round", { reading: { start: 3, end: 2 } }, "input.reading.end"],
    ["a selection behind the text", { selection: [{ start: 0, end: 10_000 }] }, "input.selection[0].end"],
    [
      "parts that overlap",
      {
        selection: [
          { start: 0, end: 3 },
          { start: 2, end: 5 },
        ],
      },
      "input.selection[1].start",
    ],
    [
      "too many parts",
      { selection: Array.from({ length: 21 }, (_, i) => ({ start: 2 * i, end: 2 * i + 1 })) },
      "input.selection",
    ],
    ["a clientMutationId that is too long", { clientMutationId: "x".repeat(201) }, "input.clientMutationId"],
    ["a position that is no integer", { reading: { start: 0.5, end: 3 } }, "i.reading.start"],
  ])("%s is refused with its field", async (_name, wrong, field) => {
    const input = { documentId: fixture.documentId, tabId: randomUUID(), ...wrong };
    expect(await server.refuses("setPresence", input, ada.token)).toMatchObject({
      code: "BAD_USER_INPUT",
      field,
    });
  });

  it("goes over the socket too, where changes pass at the same time", async () => {
    const own = await makeFixture(server);
    const { documentId } = own;
    const socket = server.socket();
    const changes = watch<{ revision: number }>(socket, documentId, 0, "revision");
    const seen = watchPresence(socket, documentId);
    const query = mutation("setPresence");
    for (let i = 1; i <= 20; i++) {
      const variables = { i: { documentId, tabId: randomUUID(), reading: { start: 0, end: i } } };
      for await (const { errors } of socket.iterate({ query, variables })) expect(errors).toBe(undefined);
      await annotate(server, own);
    }
    const numbers = (await changes.until((all) => all.length === 20)).map(({ revision }) => revision);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    // Twenty tabs of one person, of which ten are kept.
    await expect.poll(() => seen.lists.at(-1)).toMatchObject({ tabCount: 10, personCount: 1 });
  });

  // Last: Ada does not come back.
  it("is no place for strangers, and none for who has been removed", async () => {
    const { projectId } = fixture;
    const documentId = await importDocument(server, projectId);
    const stranger = await invite(server, (await makeFixture(server)).projectId, "OWNER");
    const tab = { documentId, tabId: randomUUID() };
    for (const name of ["setPresence", "leavePresence"]) {
      expect((await server.refuses(name, tab, stranger.token)).code).toBe("NOT_FOUND");
      expect((await server.refuses(name, tab, null)).code).toBe("UNAUTHENTICATED");
    }
    const strange = watchPresence(server.socket(stranger.token), documentId);
    expect(await strange.ended).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
    expect(strange.lists).toEqual([]);
    expect(await watchPresence(server.socket(ada.token), "x").ended).toMatchObject([
      { extensions: { code: "BAD_USER_INPUT", field: "documentId" } },
    ]);

    const own = watchPresence(server.socket(ada.token), documentId);
    const others = watchPresence(server.socket(bo.token), documentId);
    await say(server, tab, ada.token);
    await comesToBe(others, ["Ada"]);
    await server.mutate("removeMember", { projectId, userId: ada.userId }, "project { id }");
    expect(await own.ended).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    await comesToBe(others, []);
    expect((await server.refuses("setPresence", tab, ada.token)).code).toBe("NOT_FOUND");
    await server.mutate("deleteDocument", { id: documentId }, "documentId");
    expect(await others.ended).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
  });
});

describeWithRedis("on two servers", () => {
  let proxy: TcpProxy;
  let a: TestServer;
  let b: TestServer;
  let fixture: Fixture;
  beforeAll(async () => {
    proxy = await startTcpProxy(Number(new URL(redisUrl ?? "").port || 6379));
    const url = `redis://127.0.0.1:${proxy.port}`;
    a = await startServer({ redisUrl: url });
    b = await startServer({ redisUrl: url, adminToken: a.adminToken }, a.database);
    fixture = await makeFixture(a);
  });
  afterAll(async () => {
    await b.dispose();
    await a.dispose();
    await proxy.dispose();
  });

  it("people see each other, whichever server they are at; without Redis those at the same one", async () => {
    const { documentId, projectId } = fixture;
    const ada = await invite(a, projectId, "VIEWER", "Ada");
    const bo = await invite(a, projectId, "VIEWER", "Bo");
    const seenAtA = watchPresence(a.socket(bo.token), documentId);
    const seenAtB = watchPresence(b.socket(bo.token), documentId);
    const own = watchPresence(b.socket(ada.token), documentId);
    const tab = { documentId, tabId: randomUUID(), selection: [{ start: 0, end: 3 }] };
    await say(a, tab, ada.token);
    await say(b, { documentId, tabId: randomUUID() }, bo.token);
    for (const seen of [seenAtA, seenAtB]) await comesToBe(seen, ["Ada", "Bo"]);
    await expect
      .poll(() => seenAtB.lists.at(-1)?.tabs.find(({ user }) => user.id === ada.userId))
      .toMatchObject({ tabId: tab.tabId, selection: tab.selection });
    // Who said it here may say there that it has left.
    await b.mutate("leavePresence", { documentId, tabId: tab.tabId }, "tabId", ada.token);
    await comesToBe(seenAtA, ["Bo"]);

    await say(a, tab, ada.token);
    for (const seen of [seenAtA, seenAtB]) await comesToBe(seen, ["Ada", "Bo"]);
    await proxy.stop();
    const changes = watch<{ revision: number }>(b.socket(bo.token), documentId, 0, "revision");
    await a.mutate("leavePresence", { documentId, tabId: tab.tabId }, "tabId", ada.token);
    await comesToBe(seenAtA, ["Bo"]);
    await annotate(a, fixture);
    await changes.until((all) => all.length === 1);
    // Silent to the other server, so forgotten there.
    await comesToBe(seenAtB, [], 20_000);
    await proxy.start();
    await expect
      .poll(
        async () => {
          await say(a, tab, ada.token);
          return here(seenAtB);
        },
        { timeout: 15_000 },
      )
      .toEqual(["Ada"]);

    await a.mutate("removeMember", { projectId, userId: ada.userId }, "project { id }");
    expect(await own.ended).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    await comesToBe(seenAtB, []);
  });

  it("what is no message harms nobody", async () => {
    const { documentId, projectId } = fixture;
    const { token } = await invite(a, projectId, "VIEWER", "Cleo");
    const seen = watchPresence(b.socket(token), documentId);
    await comesToBe(seen, []);
    const user = { id: randomUUID(), name: "Nobody" };
    const tab = {
      tabId: randomUUID(),
      user,
      reading: null,
      selection: [],
      annotationId: null,
      editing: false,
    };
    await publishAll("concord:presence", [
      "nonsense",
      "null",
      "{}",
      JSON.stringify({ from: randomUUID(), message: { documentId, tab: { ...tab, selection: "all" } } }),
      JSON.stringify({ from: randomUUID(), message: { documentId, tab: { ...tab, more: 1 } } }),
    ]);
    await say(a, { documentId, tabId: randomUUID() }, token);
    await comesToBe(seen, ["Cleo"]);
  });
});
