import { expect, it } from "vitest";
import {
  buildAnnotation,
  buildOperation,
  buildProblem,
  buildUpdate,
  conflictWith,
} from "./model/builders.ts";
import type { Operation } from "./model/operation.ts";
import { type StatusFacts, statusOf } from "./status.ts";

const facts: StatusFacts = {
  operations: [],
  documentId: "document",
  isReachable: true,
  isKept: true,
  socket: "connected",
  isOnline: true,
};
const waiting = buildOperation("1", buildUpdate(buildAnnotation("a"), { note: "new" }));
const refused: Operation = { ...waiting, state: "refused", problem: buildProblem() };
const contested: Operation = { ...refused, problem: conflictWith(buildAnnotation("a")) };

it("says one honest word", () => {
  const word = (fields: Partial<StatusFacts>) => statusOf({ ...facts, ...fields }).word;
  expect(word({})).toBe("Saved");
  expect(word({ operations: [waiting] })).toBe("Saving");
  expect(word({ operations: [waiting], isReachable: false })).toBe("Offline, 1 waiting");
  expect(word({ operations: [waiting], isReachable: false, isKept: false })).toBe(
    "Offline, 1 only in this tab",
  );
  expect(word({ isOnline: false })).toBe("Offline");
  expect(word({ socket: "offline" })).toBe("Reconnecting");
  expect(word({ socket: "barred" })).toBe("Saved, not live");
  expect(word({ socket: "barred", operations: [waiting] })).toBe("Saving");
  expect(word({ operations: [refused] })).toBe("1 needs a look");
  expect(word({ operations: [refused, contested] })).toBe("Conflict");
  expect(word({ operations: [contested, { ...contested, clientMutationId: "2" }] })).toBe("2 conflicts");
});

it("tells of what waits in other documents", () => {
  const { explanation } = statusOf({
    ...facts,
    operations: [waiting],
    documentId: "another",
    isOnline: false,
  });
  expect(explanation).toContain("1 of them in other documents");
});
