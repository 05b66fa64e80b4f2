// What is known of a text before it is sent.
import { describe, expect, test } from "vitest";
import { draftFromFile, draftFromText, suggestTitle } from "./draft.ts";

describe("suggestTitle", () => {
  test.each([
    ["Kelmoria prints the ledger\n\nText.", "Kelmoria prints the ledger"],
    ["\n\n  # À qui appartient une jauge ?\nTexte", "À qui appartient une jauge ?"],
    ["", ""],
    ["word ".repeat(60), ""],
  ])("%j", (text, title) => {
    expect(suggestTitle(text)).toBe(title);
  });
});

describe("draftFromText", () => {
  test("counts code points", () => {
    expect(draftFromText("😀😀", null).length).toBe(2);
  });

  test("is called by its beginning where there is no heading", () => {
    const report = `PORT AMSEL – ${"Delegations from three states opened a meeting on the lower Sarn ".repeat(4)}`;
    expect(draftFromText(report, null).title).toBe(
      "PORT AMSEL – Delegations from three states opened a meeting on the lower Sarn…",
    );
    expect(draftFromText(" \n ", null).title).toBe("");
  });

  test("names what can't be stored, with its place", () => {
    expect(draftFromText("😀a\0b", null).problem).toBe("A NUL character at position 2 can’t be stored.");
    expect(draftFromText("a\ud800", null).problem).toBe(
      "Half a surrogate pair at position 1 can’t be stored.",
    );
  });

  test("an empty text is a problem", () => {
    expect(draftFromText("", null).problem).toBe("Empty.");
  });
});

describe("draftFromFile", () => {
  test("takes the file's name where the text has no heading", async () => {
    const draft = await draftFromFile(new File(["word ".repeat(60)], "lantern-2026.txt"));
    expect(draft).toMatchObject({ title: "lantern-2026", problem: null });
  });

  test("says what is wrong with other files", async () => {
    expect((await draftFromFile(new File(["x"], "report.pdf"))).problem).toContain(".txt and .md");
    expect((await draftFromFile(new File([Uint8Array.of(0xe9)], "latin1.txt"))).problem).toContain("Byte 1");
  });
});
