// Several servers on one database: with Redis between them, and while it is away or hangs.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWithRedis, redisUrl } from "../support/redis.ts";
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
import { startTcpProxy, type TcpProxy } from "../support/tcp-proxy.ts";

interface Seen {
  revision: number;
}

async function metric(server: TestServer, name: string): Promise<number> {
  const response = await fetch(`${server.url}/metrics`, {
    headers: { authorization: `Bearer ${server.adminToken}` },
  });
  expect(response.status).toBe(200);
  const line = (await response.text()).split("\n").find((it) => it.startsWith(`${name} `));
  return Number(line?.split(" ")[1]);
}

/** Waits until both say so, in both places. */
async function busIs(servers: TestServer[], state: "ok" | "away"): Promise<void> {
  for (const server of servers) {
    await expect
      .poll(async () => (await fetch(`${server.url}/readyz`)).json(), { timeout: 15_000 })
      .toEqual({ status: "ok", bus: state });
    expect(await metric(server, "concord_bus_up")).toBe(state === "ok" ? 1 : 0);
  }
}

describeWithRedis("two servers whose Redis comes and goes", () => {
  let proxy: TcpProxy;
  let a: TestServer;
  let b: TestServer;
  let fixture: Fixture;
  beforeAll(async () => {
    proxy = await startTcpProxy(Number(new URL(redisUrl ?? "").port || 6379));
    const url = `redis://127.0.0.1:${proxy.port}`;
    a = await startServer({ redisUrl: url });
    b = await startServer({ redisUrl: url, adminToken: a.adminToken }, a.database);
  });
  afterAll(async () => {
    await b.dispose();
    await a.dispose();
    await proxy.dispose();
  });

  it.each<[string, () => unknown]>([
    ["is gone", () => proxy.stop()],
    ["hangs", () => proxy.hang()],
  ])(
    "say so while it %s, write on, see each other's changes and end what is forbidden",
    async (_name, takeAway) => {
      await busIs([a, b], "ok");
      fixture = await makeFixture(a);
      const { token, userId } = await invite(a, fixture.projectId, "VIEWER");
      const own = watch<Seen>(a.socket(), fixture.documentId, 0, "revision");
      const others = watch<Seen>(b.socket(), fixture.documentId, 0, "revision");
      const member = watch<Seen>(b.socket(token), fixture.documentId, 0, "revision");
      await annotate(a, fixture);
      for (const seen of [own, others, member]) await seen.until((changes) => changes.length === 1);
      await takeAway();
      await busIs([a, b], "away");
      for (const at of [a, b, a]) await annotate(at, fixture);
      for (const seen of [own, others, member]) {
        const changes = await seen.until((all) => all.length >= 4);
        expect(changes.map(({ revision }) => revision)).toEqual([1, 2, 3, 4]);
      }
      await a.mutate("removeMember", { projectId: fixture.projectId, userId }, "project { id }");
      expect(await member.ended).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
      await proxy.start();
      await busIs([a, b], "ok");
      await annotate(b, fixture);
      for (const seen of [own, others]) await seen.until((changes) => changes.length === 5);
    },
  );

  it("are measured for whoever has ADMIN_TOKEN alone, and make a batch once for many", async () => {
    fixture = await makeFixture(a);
    const { token } = await invite(a, fixture.projectId, "OWNER");
    for (const [authorization, status] of [
      [undefined, 401],
      [`Bearer ${token}`, 403],
    ] as const) {
      const headers = authorization ? { authorization } : {};
      expect((await fetch(`${a.url}/metrics`, { headers })).status).toBe(status);
    }
    const before = await metric(a, "concord_batches_made_total");
    const groups = await metric(a, "concord_watcher_groups");
    const watchers = await metric(a, "concord_watchers");
    const watches = Array.from({ length: 30 }, () =>
      watch<Seen>(a.socket(), fixture.documentId, 0, "revision at author { name }"),
    );
    await expect.poll(() => metric(a, "concord_watchers"), { timeout: 15_000 }).toBe(watchers + 30);
    expect(await metric(a, "concord_watcher_groups")).toBe(groups + 1);
    for (let i = 1; i <= 5; i++) {
      await annotate(a, fixture);
      for (const seen of watches) await seen.until((changes) => changes.length === i);
    }
    expect(await metric(a, "concord_batches_made_total")).toBe(before + 5);
  });

  it("count who is present, at whichever server: a person once, and each document", async () => {
    fixture = await makeFixture(a);
    const ada = await invite(a, fixture.projectId, "VIEWER");
    const bo = await invite(a, fixture.projectId, "VIEWER");
    const documentIds = [
      fixture.documentId,
      await importDocument(a, fixture.projectId, { text: "Another." }),
    ];
    const present = (server: TestServer) =>
      Promise.all(
        ["concord_people_present", "concord_documents_present"].map((name) => metric(server, name)),
      );
    expect(await present(a)).toEqual([0, 0]);
    const tabs = documentIds.flatMap((documentId) =>
      [ada, bo].map(({ token }) => ({ token, tab: { documentId, tabId: randomUUID() } })),
    );
    for (const { token, tab } of tabs) await a.mutate("setPresence", tab, "expiresAt", token);
    expect(await present(a)).toEqual([2, 2]);
    await expect.poll(() => present(b)).toEqual([2, 2]);
    for (const { token, tab } of tabs.slice(1)) await a.mutate("leavePresence", tab, "tabId", token);
    expect(await present(a)).toEqual([1, 1]);
  });
});
