// The part of Markdown that guidelines need: headings, paragraphs, lists, quotations, rules, code; strong, emphasis, code
// and links within a line. To a tree, never to HTML, so that nothing in a text can become markup.
export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "strong" | "emphasis"; readonly children: readonly Inline[] }
  | { readonly kind: "link"; readonly href: string; readonly children: readonly Inline[] };

export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly children: readonly Inline[] }
  | { readonly kind: "paragraph"; readonly children: readonly Inline[] }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: "quote"; readonly children: readonly Inline[] }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "rule" };

const inlinePattern =
  /`([^`]+)`|\*\*(?=\S)(.+?)(?<=\S)\*\*(?!\*)|(?<![\p{L}\p{N}*])[*_](?=\S)([^*_]+?)(?<=\S)[*_](?![\p{L}\p{N}])|\[([^\]]+)\]\(((?:https?:\/\/|mailto:|\/(?!\/)|#)[^\s)]+)\)/gu;

export function parseInline(text: string): readonly Inline[] {
  const parts: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(inlinePattern)) {
    const [whole, code, strong, emphasis, linkText, href] = match;
    if (match.index > end) parts.push({ kind: "text", text: text.slice(end, match.index) });
    end = match.index + whole.length;
    if (code !== undefined) parts.push({ kind: "code", text: code });
    else if (strong !== undefined) parts.push({ kind: "strong", children: parseInline(strong) });
    else if (emphasis !== undefined) parts.push({ kind: "emphasis", children: parseInline(emphasis) });
    else if (linkText !== undefined && href !== undefined) {
      parts.push({ kind: "link", href, children: parseInline(linkText) });
    }
  }
  if (end < text.length) parts.push({ kind: "text", text: text.slice(end) });
  return parts;
}

const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/u;
const RULE = /^\s*([-*_])(?:\s*\1){2,}\s*$/u;
const BULLET = /^\s*[-*+]\s+(.*)$/u;
const NUMBERED = /^\s*\d+[.)]\s+(.*)$/u;
const QUOTE = /^\s*>\s?(.*)$/u;
const FENCE = /^\s*```/u;

const startsBlock = (line: string) =>
  line.trim() === "" || [HEADING, RULE, BULLET, NUMBERED, QUOTE, FENCE].some((pattern) => pattern.test(line));

/** Takes lines from `start` while `take` gives something for them. */
function run(lines: readonly string[], start: number, take: (line: string) => string | null): string[] {
  const taken: string[] = [];
  for (let index = start; index < lines.length; index++) {
    const value = take(lines[index] ?? "");
    if (value === null) break;
    taken.push(value);
  }
  return taken;
}

/** A list's items; a line that is no item and begins nothing else goes on with the item above. */
function listAt(
  lines: readonly string[],
  start: number,
  pattern: RegExp,
): { items: string[]; length: number } {
  const items: string[] = [];
  let index = start;
  for (; index < lines.length; index++) {
    const line = lines[index] ?? "";
    const item = line.match(pattern)?.[1];
    if (item !== undefined) items.push(item);
    else if (startsBlock(line)) break;
    else items.push(`${items.pop() ?? ""} ${line.trim()}`);
  }
  return { items, length: index - start };
}

function blockAt(lines: readonly string[], start: number): { block: Block; length: number } {
  const line = lines[start] ?? "";
  const [, marks, title] = line.match(HEADING) ?? [];
  if (marks !== undefined && title !== undefined) {
    return { block: { kind: "heading", level: marks.length, children: parseInline(title) }, length: 1 };
  }
  if (RULE.test(line)) return { block: { kind: "rule" }, length: 1 };
  if (FENCE.test(line)) {
    const code = run(lines, start + 1, (next) => (FENCE.test(next) ? null : next));
    return { block: { kind: "code", text: code.join("\n") }, length: code.length + 2 };
  }
  const quoted = run(lines, start, (next) => next.match(QUOTE)?.[1] ?? null);
  if (quoted.length > 0) {
    return { block: { kind: "quote", children: parseInline(quoted.join(" ")) }, length: quoted.length };
  }
  for (const pattern of [BULLET, NUMBERED]) {
    if (!pattern.test(line)) continue;
    const { items, length } = listAt(lines, start, pattern);
    return { block: { kind: "list", ordered: pattern === NUMBERED, items: items.map(parseInline) }, length };
  }
  const rest = run(lines, start + 1, (next) => (startsBlock(next) ? null : next));
  const text = [line, ...rest].map((each) => each.trim()).join(" ");
  return { block: { kind: "paragraph", children: parseInline(text) }, length: rest.length + 1 };
}

export function parseMarkdown(text: string): readonly Block[] {
  const lines = text.split(/\r\n|\r|\n/u);
  const blocks: Block[] = [];
  for (let index = 0; index < lines.length; ) {
    if (lines[index]?.trim() === "") {
      index++;
      continue;
    }
    const { block, length } = blockAt(lines, index);
    blocks.push(block);
    index += length;
  }
  return blocks;
}
