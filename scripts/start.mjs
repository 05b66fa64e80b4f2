// `npm start`: brings the checkout up to date, then runs the server on the project's own Node until it ends.
import { runServerEntry } from "./server-entry.mjs";

await runServerEntry("main.js");
