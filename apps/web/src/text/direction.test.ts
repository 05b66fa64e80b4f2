import { expect, it } from "vitest";
import { isRightToLeft } from "./direction.ts";

it("goes by most of the letters", () => {
  expect(isRightToLeft("הנהר אינו נעצר, said the minister.")).toBe(false);
  expect(isRightToLeft("הנהר אינו נעצר בתחנת המכס, אמר Vastrand.")).toBe(true);
  expect(isRightToLeft("محادثات السلام 2026")).toBe(true);
  expect(isRightToLeft("2026: 3.5 %")).toBe(false);
  expect(isRightToLeft("")).toBe(false);
});
