import { expect, it } from "vitest";
import {
  filterFromAddress,
  filterToAddress,
  filterToInput,
  isFiltering,
  NO_FILTER,
} from "./activity-filter.ts";

const PERSON = "0199d2f0-0000-7000-8000-000000000001";
const now = new Date(2026, 2, 9, 15, 30);
const read = (address: string) => filterFromAddress(new URLSearchParams(address));

it("stands in the address as it was set", () => {
  const filter = {
    ...NO_FILTER,
    personId: PERSON,
    group: "codebook",
    from: "2026-03-01",
    to: "2026-03-05",
  } as const;
  const address = filterToAddress(filter).toString();
  expect(address).toBe(`person=${PERSON}&kind=codebook&from=2026-03-01&to=2026-03-05`);
  expect(read(address)).toEqual(filter);
  expect(filterToAddress(NO_FILTER).toString()).toBe("");
});

it("makes nothing of what is no id, kind or day", () => {
  expect(read("person=me&kind=love&document=1&time=ever&from=yesterday&to=1-2-3")).toEqual(NO_FILTER);
  expect(isFiltering(read("person=me"))).toBe(false);
});

it("asks for whole days here", () => {
  expect(filterToInput(read("from=2026-03-01&to=2026-03-05"), now)).toEqual({
    since: new Date(2026, 2, 1).toISOString(),
    until: new Date(2026, 2, 6).toISOString(),
  });
  expect(filterToInput(read("time=today"), now)).toEqual({ since: new Date(2026, 2, 9).toISOString() });
  expect(filterToInput(read("time=week"), now)).toEqual({ since: new Date(2026, 2, 3).toISOString() });
});

it("asks for nothing that was not set", () => {
  expect(filterToInput(NO_FILTER, now)).toEqual({});
  expect(filterToInput(read(`person=${PERSON}&kind=team`), now)).toEqual({
    people: [PERSON],
    kinds: ["MEMBER_CHANGED"],
  });
});
