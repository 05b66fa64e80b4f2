// Where signing in leads back to.
import { describe, expect, test } from "vitest";
import { returnAddress, signInAddress } from "./return-address.ts";

describe("returnAddress", () => {
  test("comes back to the page, its search and hash included", () => {
    const address = signInAddress({ pathname: "/documents/1", search: "?annotation=2", hash: "#x" });
    expect(returnAddress(new URL(address, "http://a.example").search)).toBe("/documents/1?annotation=2#x");
  });

  test("the front page needs no parameter", () => {
    expect(signInAddress({ pathname: "/", search: "", hash: "" })).toBe("/sign-in");
    expect(returnAddress("")).toBe("/");
  });

  test.each(["https://evil.example/", "//evil.example", "/\\evil.example", "evil"])(
    "stays on this site: %s",
    (next) => {
      expect(returnAddress(`?next=${encodeURIComponent(next)}`)).toBe("/");
    },
  );
});
