// What an export would hold and how it begins, for the screen; the file itself is useDownload's.

import { type ExportReport, toReport } from "./export-report.ts";
import { layOutJson } from "./lay-out-json.ts";
import { type Answer, useAnswer } from "./useAnswer.ts";

/** UTF-16 units; the server gives much more, which would be no beginning any more. */
const SHOWN = 6_000;

export interface ExportPreview {
  readonly text: string;
  readonly isCut: boolean;
}

const readReport = async (response: Response) => toReport(await response.json());

const readJson = async (response: Response) =>
  beginningOf(layOutJson((await response.text()).slice(0, SHOWN)));
const readText = async (response: Response) => beginningOf(await response.text());

function beginningOf(text: string): ExportPreview {
  // Not within a character of two units.
  const beginning = text.slice(0, SHOWN).replace(/[\uD800-\uDBFF]$/u, "");
  return { text: beginning, isCut: beginning.length < text.length };
}

/** `path` is that of the file; null while it is not known what to ask for. */
export function useExportReport(path: string | null): Answer<ExportReport> {
  return useAnswer(path && `${path}&report=1`, readReport);
}

export function useExportPreview(path: string | null, isJson: boolean): Answer<ExportPreview> {
  return useAnswer(path && `${path}&preview=1`, isJson ? readJson : readText);
}
