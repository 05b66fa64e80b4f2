// The server as a process: how it starts, refuses to start, ends, and comes back after a crash.
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { type Concord, freePort, launch, startConcord, stop } from "./concord.ts";

test.describe.configure({ mode: "serial" });

let concord: Concord;

test.beforeAll(async () => {
  concord = await startConcord({ DEMO: "0" });
});

test.afterAll(async () => {
  await concord.stop();
  for (const folder of ["own", "beside"]) {
    await rm(`${concord.dataDir}-${folder}`, { recursive: true, force: true });
  }
});

test("says that it lives and can serve, and sends the security headers", async ({ request }) => {
  for (const path of ["/healthz", "/readyz"])
    expect((await request.get(concord.url + path)).status()).toBe(200);
  const page = await request.get(concord.url, { headers: { accept: "text/html" } });
  const headers = page.headers();
  expect(headers["content-security-policy"]).toContain("default-src 'self'");
  expect(headers["content-security-policy"]).not.toContain("unsafe");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["referrer-policy"]).toBe("no-referrer");
  const nonce = /'nonce-([0-9a-f]+)'/.exec(
    headers["content-security-policy"]?.split("style-src")[1] ?? "",
  )?.[1];
  expect(await page.text()).toContain(`content="${nonce}"`);
  const nothing = await request.get(`${concord.url}/nothing-here`);
  expect(nothing.status()).toBe(404);
  expect(await nothing.json()).toMatchObject({ error: { code: "NOT_FOUND" } });
});

test("a bad setting is one line that names the variable", async () => {
  await expect(launch(await freePort(), concord.dataDir, { MAX_TEXT: "many" })).rejects.toThrow(
    /ended with 1: MAX_TEXT [^\n]+\n$/,
  );
});

test("a second server on the same DATA_DIR is refused, and the first goes on", async ({ request }) => {
  await expect(launch(await freePort(), concord.dataDir, {})).rejects.toThrow(
    /Another Concord is running on DATA_DIR/,
  );
  expect((await request.get(`${concord.url}/readyz`)).status()).toBe(200);
});

test("a taken port is said in a line", async () => {
  const other = await startConcord();
  try {
    await expect(launch(Number(new URL(concord.url).port), `${concord.dataDir}-beside`, {})).rejects.toThrow(
      /PORT is taken/,
    );
  } finally {
    await other.stop();
  }
});

test("what was acknowledged before kill -9 is there afterwards", async () => {
  const { createProject } = await concord.ask<{ createProject: { project: { id: string } } }>(
    'mutation { createProject(input: { name: "Kept" }) { project { id } } }',
  );
  await concord.kill();
  await concord.restart();
  const { project } = await concord.ask<{ project: { name: string } | null }>(
    "query ($id: ID!) { project(id: $id) { name } }",
    { id: createProject.project.id },
  );
  expect(project).toEqual({ name: "Kept" });
});

test("SIGTERM ends the database too", async () => {
  const { child, output } = await launch(await freePort(), `${concord.dataDir}-own`, { DEMO: "0" });
  expect(output).toMatch(/^http\S+\/start#\S+$/m);
  const postmaster = join(`${concord.dataDir}-own`, "postgres", "postmaster.pid");
  expect(existsSync(postmaster)).toBe(true);
  await stop(child, "SIGTERM");
  expect(child.exitCode).toBe(0);
  expect(existsSync(postmaster)).toBe(false);
});
