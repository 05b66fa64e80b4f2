/** Reads the first sheet of a workbook, and writes three. */
import { readSheet, type SheetData } from "read-excel-file/universal";
import writeWorkbook from "write-excel-file/universal";
import type { CorpusDocument } from "../corpus.ts";
import type { Found, InputFile, OutCorpus, ReadOptions, TableName, Written } from "../format.ts";
import { readOffice } from "../office.ts";
import { titleOfPath } from "../path.ts";
import { NOWHERE, Unreadable, warningAt } from "../problem.ts";
import { createRowReader, isWorthAsking, tableStart } from "./documents.ts";
import { type Cell, HEADINGS, rowsOf } from "./rows.ts";

/** What Excel holds: UTF-16 units in a cell, rows in a sheet. */
const MAX_CELL = 32_767;
const MAX_ROWS = 1_048_576;
/** A workbook is made in memory; so many rows of all sheets at most, which is some hundred megabytes. */
const MAX_MADE = 500_000;

/** Documents out of the first sheet. */
export async function* readXlsx(
  file: InputFile,
  { columns }: ReadOptions,
): AsyncGenerator<Found, void, undefined> {
  const { bytes, sheets } = await readOffice(file.bytes);
  const data = await firstSheet(bytes);
  const others = sheets.slice(1);
  if (others.length > 0) {
    const names = others.map((name) => JSON.stringify(name)).join(", ");
    yield {
      kind: "words",
      words: {},
      problems: [warningAt(NOWHERE, `Only the first sheet is read; left out: ${names}.`)],
    };
  }
  const rows = data.map((row) => row.map(textOf));
  const [headings] = rows;
  if (headings === undefined) throw new Unreadable(NOWHERE, "The first sheet is empty.");
  const body = rows.slice(1);
  const start = tableStart(headings, body, columns);
  if (isWorthAsking(start)) yield { kind: "table", table: start };
  const reader = createRowReader(start, { line: 1, column: 1 }, titleOfPath(file.path));
  for (const [index, cells] of body.entries())
    if (cells.some((cell) => cell !== ""))
      yield reader({ cells, place: { line: index + 2, column: 1 } }, index + 1);
}

/** The others are not even parsed: that takes longer than all else. */
async function firstSheet(bytes: Uint8Array<ArrayBuffer>): Promise<SheetData> {
  try {
    return await readSheet(bytes.buffer, { trim: false });
  } catch (cause) {
    throw new Unreadable(
      NOWHERE,
      `The workbook can't be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
    );
  }
}

/** A cell as a text; days as days. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return cell.toISOString().replace(/T00:00:00\.000Z$/, "");
  return String(cell);
}

/** Documents, annotations and statements, a sheet each. */
export async function* writeXlsx({ header, documents }: OutCorpus): AsyncGenerator<Written, void, undefined> {
  const all: CorpusDocument[] = [];
  let made = 0;
  for await (const document of documents) {
    all.push(document);
    made += 1 + document.annotations.length + document.relations.length;
    if (made > MAX_MADE)
      throw new Unreadable(
        NOWHERE,
        `A workbook is made in memory and holds at most ${MAX_MADE} rows; CSV has no such bound.`,
      );
  }
  const sheets: { sheet: TableName; data: Cell[][] }[] = [];
  for (const table of ["documents", "annotations", "statements"] as const) {
    const data: Cell[][] = [];
    let cut = 0;
    for await (const row of rowsOf({ header, documents: all }, { table })) {
      if (data.length >= MAX_ROWS) break;
      cut += row.filter((cell) => typeof cell === "string" && cell.length > MAX_CELL).length;
      data.push(fittingRow(row, table));
    }
    if (cut > 0)
      yield {
        kind: "left out",
        problem: warningAt(
          NOWHERE,
          `Sheet ${table}: ${cut === 1 ? "one cell is" : `${cut} cells are`} cut at ${MAX_CELL} characters, the most that Excel holds.`,
        ),
      };
    sheets.push({ sheet: table, data });
  }
  yield { kind: "file", path: "corpus.xlsx" };
  const blob = await writeWorkbook(sheets).toBlob();
  yield { kind: "bytes", bytes: new Uint8Array(await blob.arrayBuffer()) };
}

/** A text that is cut is no longer the one whose hash is beside it. */
function fittingRow(row: Cell[], table: TableName): Cell[] {
  const [hash, text] = [HEADINGS.documents.indexOf("sha256"), HEADINGS.documents.indexOf("text")];
  const fitted = row.map(fitting);
  return table === "documents" && fitted[text] !== row[text] ? fitted.with(hash, null) : fitted;
}

/** Cut between code points. */
function fitting(cell: Cell): Cell {
  if (typeof cell !== "string" || cell.length <= MAX_CELL) return cell;
  const isPair = (cell.charCodeAt(MAX_CELL - 1) & 0xfc00) === 0xd800;
  return cell.slice(0, isPair ? MAX_CELL - 1 : MAX_CELL);
}
