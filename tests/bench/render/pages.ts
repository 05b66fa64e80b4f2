// Builds the pages of this benchmark and serves them for as long as it runs.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, preview } from "vite";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

export const WAYS = {
  ours: "apps/web/bench/pane.html",
  plain: "tests/bench/render/pages/plain.html",
  "recogito CSS": "tests/bench/render/pages/recogito.html?renderer=CSS_HIGHLIGHTS",
  "recogito spans": "tests/bench/render/pages/recogito.html?renderer=SPANS",
} as const;

export type Way = keyof typeof WAYS;

export async function servePages(): Promise<{ urlOf(way: Way): string; stop(): Promise<void> }> {
  const outDir = await mkdtemp(join(tmpdir(), "concord-render-"));
  const files = new Set(Object.values(WAYS).map((page) => page.replace(/\?.*/, "")));
  await build({
    root: ROOT,
    configFile: false,
    logLevel: "error",
    publicDir: false,
    resolve: { conditions: ["source", "module", "browser", "production"] },
    build: {
      outDir,
      emptyOutDir: true,
      rolldownOptions: { input: [...files].map((file) => join(ROOT, file)) },
    },
  });
  const server = await preview({
    root: ROOT,
    configFile: false,
    logLevel: "error",
    build: { outDir },
    preview: { host: "127.0.0.1", port: 0, strictPort: false },
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === "string") throw new Error("the pages have no port");
  return {
    urlOf: (way) => `http://127.0.0.1:${address.port}/${WAYS[way]}`,
    async stop() {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
