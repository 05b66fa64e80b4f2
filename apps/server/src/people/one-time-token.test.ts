import { v7 as uuidv7 } from "uuid";
import { describe, expect, it } from "vitest";
import { derive, isSetUpToken, rowIdOf, rowToken, setUpToken } from "./one-time-token.ts";

const SECRET = "a secret of one installation";
const OTHER = "a secret of another installation";
const OWNER = "018f3f5e-1c2d-7a3b-8c4d-5e6f7a8b9c0d";

describe("the first owner's token", () => {
  it("is the same each time and goes into a link as it is", () => {
    expect(setUpToken(SECRET, OWNER)).toBe(setUpToken(SECRET, OWNER));
    expect(setUpToken(SECRET, OWNER)).toMatch(/^[\w-]{43}$/);
  });

  it("is known again", () => {
    expect(isSetUpToken(SECRET, OWNER, setUpToken(SECRET, OWNER))).toBe(true);
  });

  it.each([
    "",
    "x",
    "…",
    setUpToken(OTHER, OWNER),
    setUpToken(SECRET, uuidv7()),
    `${setUpToken(SECRET, OWNER)}AAAA`,
  ])("does not take %j", (token) => {
    expect(isSetUpToken(SECRET, OWNER, token)).toBe(false);
  });

  it("is not taken from another purpose", () => {
    expect(isSetUpToken(SECRET, OWNER, derive(SECRET, "invitation", OWNER).toString("base64url"))).toBe(
      false,
    );
  });
});

describe.each(["invitation", "password-reset"] as const)("the token of a row (%s)", (purpose) => {
  it("gives the row's id back", () => {
    for (let round = 0; round < 100; round += 1) {
      const id = uuidv7();
      expect(rowIdOf(SECRET, purpose, rowToken(SECRET, purpose, id))).toBe(id);
    }
  });

  it("is of no use to another installation", () => {
    expect(rowIdOf(OTHER, purpose, rowToken(SECRET, purpose, OWNER))).toBeNull();
  });

  it("is of no use for another purpose", () => {
    const other = purpose === "invitation" ? "password-reset" : "invitation";
    expect(rowIdOf(SECRET, purpose, rowToken(SECRET, other, OWNER))).toBeNull();
  });

  it("is refused when any byte of it is changed", () => {
    const bytes = Buffer.from(rowToken(SECRET, purpose, OWNER), "base64url");
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      expect(rowIdOf(SECRET, purpose, changed.toString("base64url"))).toBeNull();
    }
  });

  it.each(["", "x", "not a token at all", "A".repeat(64), "A".repeat(10_000)])("refuses %.20j", (token) => {
    expect(rowIdOf(SECRET, purpose, token)).toBeNull();
  });
});
