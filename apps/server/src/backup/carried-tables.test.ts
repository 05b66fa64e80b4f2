// Whoever adds a table decides whether a backup carries it.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CARRIED, LEFT_OUT, LEFT_OUT_COLUMNS } from "./carried-tables.ts";

const schema = readFileSync(new URL("../../../../prisma/schema.prisma", import.meta.url), "utf8");

test("every table is either carried or left out", () => {
  const tables = [...schema.matchAll(/^ {2}@@map\("(\w+)"\)/gm)].map(([, table]) => table);
  expect(tables.length).toBe([...schema.matchAll(/^model /gm)].length);
  expect([...CARRIED, ...LEFT_OUT].sort()).toEqual([...tables, "_prisma_migrations"].sort());
});

test("columns that are left out are there to be left out", () => {
  for (const [table, columns] of Object.entries(LEFT_OUT_COLUMNS)) {
    const [model] = schema.split(/^model /m).filter((text) => text.includes(`@@map("${table}")`));
    for (const column of columns)
      expect(model).toMatch(new RegExp(`@map\\("${column}"\\)|^ {2}${column} `, "m"));
  }
});
