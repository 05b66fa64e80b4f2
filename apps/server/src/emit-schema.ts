/** Writes apps/server/schema.graphql; with --check only says whether it is up to date. */
import { readFileSync, writeFileSync } from "node:fs";
import { lexicographicSortSchema, printSchema } from "graphql";
import { createSchema } from "./graphql/schema.ts";

const file = new URL("../schema.graphql", import.meta.url);
const emitted = `# Emitted by apps/server/src/emit-schema.ts; do not edit.\n\n${printSchema(lexicographicSortSchema(createSchema()))}\n`;

if (process.argv.includes("--check")) {
  if (readFileSync(file, "utf8") !== emitted) {
    process.stderr.write(
      "apps/server/schema.graphql is not what the server emits; run: node apps/server/dist/emit-schema.js\n",
    );
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, emitted);
}
