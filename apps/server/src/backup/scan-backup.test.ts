// The bytes of a backup come in pieces of any size; rows and marks must be found wherever a piece ends.
import fc from "fast-check";
import { expect, test } from "vitest";
import { BackupFlaw, createBackupScanner } from "./scan-backup.ts";

/** Rows as COPY writes them: never beginning with the mark, and with a line feed only at their end. */
const row = fc.stringMatching(/^[a-z\\.\u{1F642}\t]{0,12}$/u).filter((text) => !text.startsWith("\\."));
const tables = fc.array(fc.record({ name: fc.stringMatching(/^[a-z]{1,5}$/), rows: fc.array(row) }));

async function* inPieces(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

const written = (all: { name: string; rows: string[] }[]) =>
  all
    .map(({ name, rows }) => `${name}\n${rows.map((text) => `${text}\n`).join("")}\\.${rows.length}\n`)
    .join("");

test("lines and rows are found however the bytes are cut", async () => {
  await fc.assert(
    fc.asyncProperty(
      tables,
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      async (all, sizes) => {
        const scanner = createBackupScanner(inPieces(Buffer.from(written(all)), sizes));
        for (const { name, rows } of all) {
          expect(await scanner.line()).toBe(name);
          const parts: Buffer[] = [];
          for await (const part of scanner.rows()) parts.push(part);
          expect(Buffer.concat(parts).toString()).toBe(rows.map((text) => `${text}\n`).join(""));
          expect(await scanner.line()).toBe(`\\.${rows.length}`);
        }
        expect(await scanner.line()).toBeNull();
      },
    ),
  );
});

test("the sum does not depend on how the bytes are cut", async () => {
  const all = [{ name: "person", rows: ["a\t\\N", "", "\\\\.", "🙂"] }];
  const sums = await Promise.all(
    [[1], [3], [1000]].map(async (sizes) => {
      const scanner = createBackupScanner(inPieces(Buffer.from(written(all)), sizes));
      await scanner.line();
      for await (const _part of scanner.rows());
      await scanner.line();
      return scanner.sum();
    }),
  );
  expect(new Set(sums).size).toBe(1);
});

test("an end too soon and a line without end are flaws", async () => {
  const cut = createBackupScanner(inPieces(Buffer.from("person\na\tb\n\\"), [2]));
  await cut.line();
  await expect(async () => {
    for await (const _part of cut.rows());
  }).rejects.toThrow(BackupFlaw);
  await expect(createBackupScanner(inPieces(Buffer.from("person"), [2])).line()).rejects.toThrow(
    "is cut off",
  );
  const endless = createBackupScanner(inPieces(Buffer.alloc(2_000_000, "x"), [100_000]));
  await expect(endless.line()).rejects.toThrow("a line does not end");
});
