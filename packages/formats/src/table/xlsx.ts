/** Excel workbooks: documents out of the first sheet, and three sheets of a corpus; docs/formats/tables.md. */
import {
  CARRIES_ALL,
  type Format,
  type Found,
  type InputFile,
  type OutCorpus,
  type ReadOptions,
  type Written,
} from "../format.ts";
import { isOffice } from "../office.ts";

/** XLSX. */
export const xlsx: Format = {
  id: "xlsx",
  name: "Excel (XLSX)",
  extensions: [".xlsx"],
  positions: "code points",
  detect: (sample) => (isOffice(sample, ".xlsx", "xl/") ? 0.95 : 0),
  read,
  write,
  isBinary: true,
  isTable: true,
  carries: { ...CARRIES_ALL, comments: false, codebook: false },
};

/** Reader and writer are loaded when there is a workbook. */
async function* read(file: InputFile, options: ReadOptions): AsyncGenerator<Found, void, undefined> {
  const { readXlsx } = await import("./workbook.ts");
  yield* readXlsx(file, options);
}

async function* write(corpus: OutCorpus): AsyncGenerator<Written, void, undefined> {
  const { writeXlsx } = await import("./workbook.ts");
  yield* writeXlsx(corpus);
}
