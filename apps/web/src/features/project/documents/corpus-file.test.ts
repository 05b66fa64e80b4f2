// Telling a corpus from other files.
import { expect, test } from "vitest";
import { isCorpusBeginning, kindOfFile } from "./corpus-file.ts";

test.each([
  ['{"format":"concord-corpus","version":1', true],
  ['\uFEFF{\n  "format" : "concord-corpus",', true],
  ['{"version":1,"format":"concord-corpus"}\n{"id":"…"}', true],
  ['[{"format":"concord-corpus"}]', false],
  ['{"format":"other","title":"\\"format\\":\\"concord-corpus\\""}', false],
  ['{"documents":[{"text":"x","format":"concord-corpus"', false],
  ["", false],
])("%j", (text, isCorpus) => {
  expect(isCorpusBeginning(text)).toBe(isCorpus);
});

test.each([
  ["reports.json", '{"format":"concord-corpus"', "corpus"],
  ["reports.NDJSON", '{"format":"concord-corpus"', "corpus"],
  ["package.json", '{"name":"x"}', "otherJson"],
  // A text about corpora stays a text.
  ["notes.txt", '{"format":"concord-corpus"', "other"],
])("%s", async (name, content, kind) => {
  expect(await kindOfFile(new File([content], name))).toBe(kind);
});
