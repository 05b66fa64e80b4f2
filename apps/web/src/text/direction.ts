// Which way a text is written as a whole. Each paragraph has its own direction; this decides on which side of the column
// letters and relations stand, which is the side where lines begin.

const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/gu;
const LETTER = /\p{L}/gu;
/** UTF-16 units that are looked at: a text's first page. */
const SAMPLE = 3000;

const countOf = (text: string, kind: RegExp) => text.match(kind)?.length ?? 0;

/** Whether most letters of the text's beginning are written from right to left. */
export function isRightToLeft(text: string): boolean {
  const sample = text.slice(0, SAMPLE);
  return 2 * countOf(sample, RIGHT_TO_LEFT) > countOf(sample, LETTER);
}
