// `npm run reset-link -- EMAIL`: brings the checkout up to date, then prints a link that sets a new password.
import { orExplain, prepare } from "./prepare.mjs";
import { projectNode, run } from "./toolbox.mjs";

await orExplain(() => prepare());
const { code } = await run(projectNode(), ["apps/server/dist/reset-link.js", ...process.argv.slice(2)], {
  show: true,
});
process.exitCode = code;
