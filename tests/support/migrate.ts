// Brings the database named on the command line up to date. A process of its own, because vitest loads the server's code
// once for each project in one process, and Prisma's engine can be there only once.
import { migrate } from "../../apps/server/src/database/migrate.ts";

const url = process.argv[2];
if (!url) throw new Error("usage: node --conditions=source tests/support/migrate.ts DATABASE_URL");
await migrate(url);
// The engine leaves a timer of 10 s behind.
process.exit();
