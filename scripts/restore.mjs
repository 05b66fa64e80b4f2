// `npm run restore -- FILE`: brings the checkout up to date, then puts a backup into an empty DATA_DIR or database.
import { filesOfCaller, runServerEntry } from "./server-entry.mjs";

await runServerEntry("restore.js", filesOfCaller());
