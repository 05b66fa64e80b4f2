// Each person once, the viewer never, in an order that does not jump.
import { describe, expect, test } from "vitest";
import { t } from "../../../words/words.ts";
import { activityOf, NOBODY, type PresentTab, peopleOf } from "./present-people.ts";

const tab = (id: string, more: Partial<PresentTab> = {}): PresentTab => ({
  user: { id, name: id },
  reading: null,
  selection: [],
  annotationId: null,
  editing: false,
  ...more,
});

const part = (start: number, end: number) => ({ start, end });

describe("people", () => {
  test("are shown once, without the viewer's own tabs, by name", () => {
    const tabs = [tab("dov"), tab("mira"), tab("ada"), tab("dov"), tab("mira")];
    const { people, unlisted } = peopleOf({ tabs, personCount: 3 }, "mira", NOBODY, 0);
    expect([people.map(({ id }) => id), unlisted]).toEqual([["ada", "dov"], 0]);
  });

  test("are told from all their tabs, the latest first", () => {
    const tabs = [
      tab("dov", { reading: part(5, 9) }),
      tab("dov", { reading: part(0, 3), selection: [part(1, 2)], annotationId: "a", editing: true }),
    ];
    expect(peopleOf({ tabs, personCount: 1 }, "mira", NOBODY, 7).people).toEqual([
      {
        id: "dov",
        name: "dov",
        reading: part(5, 9),
        selection: [part(1, 2)],
        selectedAt: 7,
        editingId: "a",
      },
    ]);
  });

  test("keep the time of a selection that did not change", () => {
    const at = (now: number, before: typeof NOBODY, end: number) =>
      peopleOf({ tabs: [tab("dov", { selection: [part(0, end)] })], personCount: 1 }, "mira", before, now);
    const first = at(1, NOBODY, 3);
    const second = at(2, first, 3);
    expect([second, at(3, second, 4)].map(({ people }) => people[0]?.selectedAt)).toEqual([1, 3]);
  });

  test("who are not listed are counted", () => {
    expect(peopleOf({ tabs: [tab("ada")], personCount: 60 }, "mira", NOBODY, 0).unlisted).toBe(59);
  });
});

test("activities and names in words", () => {
  const [reader] = peopleOf({ tabs: [tab("a")], personCount: 1 }, "m", NOBODY, 0).people;
  if (reader === undefined) throw new Error("nobody is here");
  const name = (id: string) => (id === "x" ? "Claim" : undefined);
  expect(activityOf(reader, name)).toBe("reading");
  expect(activityOf({ ...reader, selection: [part(0, 1)] }, name)).toBe("selecting");
  expect(activityOf({ ...reader, editingId: "x" }, name)).toBe("editing Claim");
  expect(activityOf({ ...reader, editingId: "y" }, name)).toBe("editing an annotation");
  expect(t("presence:editing", { count: 3, names: ["Ada", "Bo", "Cleo"] })).toBe(
    "Ada, Bo and Cleo are editing this annotation",
  );
});
