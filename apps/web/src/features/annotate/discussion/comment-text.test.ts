import { describe, expect, it } from "vitest";
import { DOV, MIRA } from "../model/builders.ts";
import { mentions, partsOf } from "./comment-text.ts";
import { membersFor, mentionAt, withMention } from "./mention-search.ts";

const LINDQVIST = { id: "lindqvist", name: "Dov Lindqvist" };
const AIGUL = { id: "aigul", name: "Әйгүл" };
const PEOPLE = [MIRA, DOV, LINDQVIST, AIGUL];
const marked = (body: string) =>
  partsOf(body, PEOPLE).flatMap((part) => (part.kind === "text" ? [] : [`${part.kind} ${part.text}`]));

describe("partsOf", () => {
  it("gives the whole text, whatever is in it", () => {
    const body = "@Dov, see https://example.org/a. @nobody\nmail@Dov @Mira";
    expect(
      partsOf(body, PEOPLE)
        .map(({ text }) => text)
        .join(""),
    ).toBe(body);
  });

  it("marks members by their whole name, the longer one where both would do", () => {
    expect(marked("@Dov Lindqvist and @Dov, not @Dovid nor me@Dov.")).toEqual([
      "mention @Dov Lindqvist",
      "mention @Dov",
    ]);
    expect(marked("(@Әйгүл) @Әйгүлге")).toEqual(["mention @Әйгүл"]);
    expect(mentions("@Dov Lindqvist", DOV.id, PEOPLE)).toBe(false);
    expect(mentions("@Dov Lindqvist", LINDQVIST.id, PEOPLE)).toBe(true);
  });

  it("makes links of addresses alone, without the sentence's end", () => {
    expect(marked("See https://example.org/a_(b), http://x.example/?q=1&r. javascript:alert(1)")).toEqual([
      "link https://example.org/a_(b)",
      "link http://x.example/?q=1&r",
    ]);
    expect(marked("(https://example.org/@Dov)")).toEqual(["link https://example.org/@Dov"]);
    expect(marked("https://")).toEqual([]);
  });
});

describe("a mention that is being written", () => {
  it("is what stands after an @ before the caret", () => {
    expect(mentionAt("ask @do", 7)).toEqual({ at: 4, typed: "do" });
    expect(mentionAt("ask @do now", 7)).toEqual({ at: 4, typed: "do" });
    expect(mentionAt("@", 1)).toEqual({ at: 0, typed: "" });
    expect(mentionAt("mail@do", 7)).toBeNull();
    expect(mentionAt("@dov\nand", 8)).toBeNull();
  });

  it("is looked for in first and last names", () => {
    expect(membersFor(PEOPLE, "").map(({ id }) => id)).toEqual(["mira", "dov", "lindqvist", "aigul"]);
    expect(membersFor(PEOPLE, "DOV").map(({ id }) => id)).toEqual(["dov", "lindqvist"]);
    expect(membersFor(PEOPLE, "lind").map(({ id }) => id)).toEqual(["lindqvist"]);
    expect(membersFor(PEOPLE, "dov l").map(({ id }) => id)).toEqual(["lindqvist"]);
    expect(membersFor(PEOPLE, "dov is right")).toEqual([]);
  });

  it("is completed in its place", () => {
    const search = { at: 4, typed: "do" };
    expect(withMention("ask @do now", search, LINDQVIST)).toEqual({
      text: "ask @Dov Lindqvist now",
      caret: 19,
    });
    expect(withMention("ask @do", search, DOV)).toEqual({ text: "ask @Dov ", caret: 9 });
  });
});
