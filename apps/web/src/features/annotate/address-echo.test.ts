import { expect, it } from "vitest";
import { createAddressEcho } from "./address-echo.ts";

it("takes what comes back late for an echo, whatever was written since", () => {
  const echo = createAddressEcho("a");
  expect(echo.isNews("a")).toBe(false);
  echo.wrote("b");
  echo.wrote("c");
  expect(echo.isNews("b")).toBe(false);
  expect(echo.isNews("c")).toBe(false);
  expect(echo.isNews("c")).toBe(false);
});

it("passes over what the address never said", () => {
  const echo = createAddressEcho(null);
  for (const value of ["a", "b", null, "c"]) echo.wrote(value);
  expect(echo.isNews("c")).toBe(false);
  expect(echo.isNews("b")).toBe(true);
});

it("takes a link for news, also back to what was written once", () => {
  const echo = createAddressEcho("a");
  echo.wrote("b");
  expect(echo.isNews("b")).toBe(false);
  expect(echo.isNews("a")).toBe(true);
  expect(echo.isNews("b")).toBe(true);
});
