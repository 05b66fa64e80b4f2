// `npm run bench -- NAME …`: prepares the checkout and runs tests/bench/NAME/main.ts with what follows.
import { existsSync } from "node:fs";
import { getBrowser } from "./browser.mjs";
import { orExplain, prepare } from "./prepare.mjs";
import { projectNode, run } from "./toolbox.mjs";

const [name = "", ...args] = process.argv.slice(2);
const file = `tests/bench/${name}/main.ts`;
if (!/^[a-z-]+$/.test(name) || !existsSync(file)) {
  process.stderr.write(`concord: there is no benchmark ${JSON.stringify(name)}; see tests/bench\n`);
  process.exit(2);
}
await orExplain(() => prepare());
/** @type {NodeJS.ProcessEnv} */
const env = {};
if (name === "render") {
  const browser = await getBrowser();
  if ("problem" in browser) {
    process.stderr.write(`${browser.problem}\n`);
    process.exit(1);
  }
  env.CONCORD_BROWSER = browser.path;
}
const { code } = await run(projectNode(), [file, ...args], { show: true, env });
process.exitCode = code;
