/** Reads web pages: title, language and the like, and the main text. */
import { Readability } from "@mozilla/readability";
import { decodeWhole, detectEncoding, type Encoding, encodingNotice, readBytes } from "../decode.ts";
import { emptyDraft } from "../draft.ts";
import type { Draft, Found, InputFile } from "../format.ts";
import { timeOrNull } from "../json-value.ts";
import { titleOfPath } from "../path.ts";
import { NOWHERE, warningAt } from "../problem.ts";
import { paragraphsOf } from "./paragraphs.ts";
import { bounded, parsePage, textOfHtml } from "./parse.ts";

const MAX_BYTES = 64 * 1024 * 1024;
/** A page without so much of main text is taken as a whole. */
const MIN_LENGTH = 140;

/** One document. */
export async function* readHtml(file: InputFile): AsyncGenerator<Found, void, undefined> {
  const bytes = await readBytes(file.bytes, MAX_BYTES);
  const { text, notice } = decodePage(bytes, file.tellEncoding);
  const page = parsePage(text);
  const draft = emptyDraft(titleOfPath(file.path), "", { line: 1, column: 1 });
  if (notice !== null) draft.problems.push(warningAt(NOWHERE, notice));
  aboutPage(draft, page);
  const whole = bounded(() => paragraphsOf(page.body ?? page));
  // It takes the page apart, so it comes last.
  const article = bounded(() =>
    new Readability(page, { charThreshold: MIN_LENGTH, maxElemsToParse: 200_000 }).parse(),
  );
  const main = article?.content ? textOfHtml(article.content) : "";
  if (article?.title) draft.title = article.title;
  if (main.length >= Math.min(MIN_LENGTH, whole.length)) draft.text = main;
  else draft.text = whole;
  if (article?.byline) draft.metadata.byline = article.byline;
  if (article?.siteName) draft.metadata.site = article.siteName;
  const published = timeOrNull(article?.publishedTime);
  if (published !== null) draft.metadata.date = published.slice(0, 10);
  else if (article?.publishedTime) draft.metadata.date = article.publishedTime;
  if (draft.text === "") draft.problems.push(warningAt(NOWHERE, "There is no text in the page."));
  else if (draft.text === main && main.length < whole.length)
    draft.problems.push(
      warningAt(
        NOWHERE,
        `What is not the page's main text is left out: ${whole.length - main.length} of ${whole.length} characters.`,
      ),
    );
  yield { kind: "draft", draft };
}

function aboutPage(draft: Draft, page: ReturnType<typeof parsePage>): void {
  const title = page.querySelector("title")?.textContent?.trim();
  if (title) draft.title = title;
  const language = page.documentElement?.getAttribute("lang");
  if (language) draft.language = language;
  const address =
    page.querySelector('link[rel="canonical"]')?.getAttribute("href") ??
    page.querySelector('meta[property="og:url"]')?.getAttribute("content");
  if (address) draft.metadata.source = address;
}

/** By the page's own word where the bytes are not UTF-8. */
function decodePage(
  bytes: Uint8Array,
  tell: (encoding: Encoding) => void,
): { text: string; notice: string | null } {
  const encoding = detectEncoding(bytes);
  tell(encoding);
  const stated = /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(
    new TextDecoder("windows-1252").decode(bytes.subarray(0, 4_096)),
  )?.[1];
  if (stated !== undefined && encoding.startsWith("windows"))
    try {
      return { text: new TextDecoder(stated).decode(bytes), notice: null };
    } catch {
      // No such encoding: the bytes say it.
    }
  return { text: decodeWhole(bytes, encoding), notice: encodingNotice(encoding) };
}
