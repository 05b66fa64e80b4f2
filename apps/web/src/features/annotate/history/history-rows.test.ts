import { expect, it } from "vitest";
import { buildAnnotation, buildRelation, DOV, MIRA } from "../model/builders.ts";
import { type HistoryEvent, historyRows } from "./history-rows.ts";

const made = buildAnnotation("a", { note: "first", attributes: { stance: "for" } });
const time = (minute: number) => `2026-01-01T00:${String(minute).padStart(2, "0")}:00.000Z`;
const event = (revision: number, kind: HistoryEvent["kind"], annotation: HistoryEvent["annotation"]) => ({
  revision,
  at: time(revision),
  author: DOV,
  kind,
  annotation,
});
const changed = { ...made, version: 2, labelId: "speaker", attributes: {} };
const EVENTS = [
  event(5, "CHANGED", { ...changed, version: 4, note: "last" }),
  event(4, "RESTORED", { ...changed, version: 3 }),
  event(3, "DELETED", null),
  event(2, "CHANGED", changed),
  event(1, "CREATED", made),
];
const look = (source: Partial<Parameters<typeof historyRows>[0]>) =>
  historyRows({ events: EVENTS, hasMore: false, annotation: made, relations: [], ...source }).map(
    ({ kind, fields, before }) =>
      `${kind} ${fields.join(", ")}${before === null ? "" : ` ${before.version}`}`,
  );

it("says what each change made of the version before, also over a deletion", () => {
  expect(look({})).toEqual([
    "CHANGED note 3",
    "RESTORED  2",
    "DELETED  2",
    "CHANGED labelId, attribute.stance 1",
    "CREATED ",
  ]);
});

it("begins with who made it where that is no event, once all is read", () => {
  const events = [event(2, "CHANGED", changed)];
  expect(look({ events })).toEqual(["CHANGED ", "CREATED "]);
  expect(look({ events, hasMore: true })).toEqual(["CHANGED "]);
});

it("puts relations where they were made", () => {
  const relation = { ...buildRelation("r", "a", "b", MIRA), createdAt: time(2).replace("00.000", "30.000") };
  expect(look({ relations: [relation] })[3]).toBe("RELATED ");
  expect(look({ relations: [relation], events: EVENTS.slice(0, 2), hasMore: true })).toHaveLength(2);
});
