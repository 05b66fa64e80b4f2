// What is said about a new account before it is sent.
import { expect, test } from "vitest";
import { checkAccount } from "./account-form.ts";

const good = { name: "Mira Sandoval", email: "mira@sarn-study.example", password: "a sentence is fine" };

test("a complete account has no problems", () => {
  expect(checkAccount(good)).toEqual({});
});

test("each field has its own problem", () => {
  expect(Object.keys(checkAccount({ name: " ", email: "mira", password: "" }))).toEqual([
    "name",
    "email",
    "password",
  ]);
});

test("counts characters, not UTF-16 units", () => {
  expect(checkAccount({ ...good, password: "😀".repeat(9) }).password).toBe("1 more character.");
  expect(checkAccount({ ...good, password: "😀".repeat(10) }).password).toBeUndefined();
});
