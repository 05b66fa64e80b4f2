// `npm start`: brings the checkout up to date, then runs the server on the project's own Node until it ends.
import { spawn } from "node:child_process";
import { orExplain, prepare } from "./prepare.mjs";
import { endSignals, exitCode, projectNode, root } from "./toolbox.mjs";

await orExplain(() => prepare());

const server = spawn(projectNode(), ["apps/server/dist/main.js"], { cwd: root, stdio: "inherit" });

// A terminal signals the whole group, a supervisor perhaps only this process. It can't be told which, so the
// first signal is always passed on; the server takes the second one it may thus get for what it is.
let passedOn = false;
for (const signal of endSignals) {
  process.on(signal, () => {
    if (!passedOn) server.kill(signal);
    passedOn = true;
  });
}

server.once("error", (error) => {
  process.stderr.write(`concord: the server could not be started: ${error.message}\n`);
  process.exit(1);
});
server.once("exit", (code, signal) => process.exit(exitCode(code, signal)));
