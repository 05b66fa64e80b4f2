/// <reference types="node" />
/** For tests: real files made by the other tools, which lie beside the project and are not part of it. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../../../shared/fixtures", import.meta.url));

/** A file's text, or null where the files are not there: tests of it count as skipped. */
export function fixture(path: string): string | null {
  const file = `${folder}/${path}`;
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}
