// The part of Markdown that guidelines are written in.
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseInline, parseMarkdown } from "./markdown.ts";

const text = (value: string) => ({ kind: "text", text: value });

test("blocks", () => {
  const source =
    "# Claims\n\nOne line\nand its end.\n\n- a\n- b\n  goes on\n\n1. first\n\n> said\n> she\n\n---\n```\n- code\n```";
  expect(parseMarkdown(source)).toEqual([
    { kind: "heading", level: 1, children: [text("Claims")] },
    { kind: "paragraph", children: [text("One line and its end.")] },
    { kind: "list", ordered: false, items: [[text("a")], [text("b goes on")]] },
    { kind: "list", ordered: true, items: [[text("first")]] },
    { kind: "quote", children: [text("said she")] },
    { kind: "rule" },
    { kind: "code", text: "- code" },
  ]);
});

test("marks within a line", () => {
  expect(parseInline("a **b *c*** `d*e*` [f](https://g.example/h)")).toMatchObject([
    text("a "),
    { kind: "strong" },
    text(" "),
    { kind: "code", text: "d*e*" },
    text(" "),
    { kind: "link", href: "https://g.example/h", children: [text("f")] },
  ]);
});

test("snake_case and lone stars stay text", () => {
  expect(parseInline("snake_case_name and 2 * 3 * 4")).toEqual([text("snake_case_name and 2 * 3 * 4")]);
});

test.each(["javascript:alert(1)", "data:text/html,x", "//evil.example"])("no link to %s", (href) => {
  expect(parseInline(`[x](${href})`).some(({ kind }) => kind === "link")).toBe(false);
});

test("ends on any text", () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[#>*`\-_1. a\n[\]()]{0,60}$/u),
      (source) => parseMarkdown(source).length >= 0,
    ),
  );
});
