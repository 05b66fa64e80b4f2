// `npm run bench -- NAME …`: prepares the checkout and runs tests/bench/NAME/main.ts with what follows.
import { existsSync } from "node:fs";
import { orExplain, prepare } from "./prepare.mjs";
import { projectNode, run } from "./toolbox.mjs";

const [name = "", ...args] = process.argv.slice(2);
const file = `tests/bench/${name}/main.ts`;
if (!/^[a-z-]+$/.test(name) || !existsSync(file)) {
  process.stderr.write(`concord: there is no benchmark ${JSON.stringify(name)}; see tests/bench\n`);
  process.exit(2);
}
await orExplain(() => prepare());
const { code } = await run(projectNode(), [file, ...args], { show: true });
process.exitCode = code;
