// `pnpm dev`: the server, recompiled and restarted on every change, and beside it the web client by vite's own
// server. All three end together.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { orExplain, prepare } from "./prepare.mjs";
import { commandFile, endSignals, projectNode, root, serverFlags } from "./toolbox.mjs";

const webHost = "127.0.0.1";
const webPort = "5173";

await orExplain(() => prepare());

/** @param {string} cwd @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
const start = (cwd, args, env) =>
  spawn(projectNode(), args, { cwd: join(root, cwd), env: { ...process.env, ...env }, stdio: "inherit" });

const children = [
  start(".", [
    commandFile("typescript", ".", "tsc"),
    "-b",
    "--watch",
    "--preserveWatchOutput",
    "apps/server",
  ]),
  // People open vite's address here, so that is the one that links, cookies and Origin checks are about.
  start(".", [...serverFlags, "--watch", "--watch-preserve-output", "apps/server/dist/main.js"], {
    PUBLIC_URL: process.env.PUBLIC_URL ?? `http://${webHost}:${webPort}`,
  }),
  start("apps/web", [commandFile("vite", "apps/web"), "--host", webHost, "--port", webPort, "--strictPort"]),
];

let ending = false;
const endAll = () => {
  if (!ending) for (const child of children) child.kill("SIGTERM");
  ending = true;
};
for (const signal of endSignals) process.on(signal, endAll);
for (const child of children) child.once("exit", endAll);
