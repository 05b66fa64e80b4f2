// `npm run backup -- FILE`: brings the checkout up to date, then writes all that the server keeps into FILE.
import { filesOfCaller, runServerEntry } from "./server-entry.mjs";

await runServerEntry("backup.js", filesOfCaller());
