import { describe, expect, it } from "vitest";
import { bearerSecret, hashSecret, newSalt, randomSecret, secretOf } from "./access-token.ts";

const ID = "018f3f5e-1c2d-7a3b-8c4d-5e6f7a8b9c0d";

describe("access token secrets", () => {
  it("have a prefix and 256 bits", () => {
    expect(randomSecret()).toMatch(/^concord_[\w-]{43}$/);
    expect(randomSecret()).not.toBe(randomSecret());
    expect(hashSecret(randomSecret())).toHaveLength(32);
  });

  it("come again from the same salt only", () => {
    const salt = newSalt();
    expect(secretOf("secret", ID, salt)).toMatch(/^concord_[\w-]{43}$/);
    expect(secretOf("secret", ID, salt)).toBe(secretOf("secret", ID, salt));
    expect(secretOf("secret", ID, salt)).not.toBe(secretOf("secret", ID, newSalt()));
    expect(secretOf("secret", ID, salt)).not.toBe(secretOf("other", ID, salt));
  });
});

describe("bearerSecret", () => {
  it.each([
    ["Bearer abc", "abc"],
    ["bearer concord_a-b_c", "concord_a-b_c"],
    ["BEARER  abc== ", "abc=="],
    ['Bearer !"#$%&/()=?,;:~', '!"#$%&/()=?,;:~'],
  ])("reads %j", (header, secret) => {
    expect(bearerSecret(header)).toBe(secret);
  });

  it.each(["", "Bearer", "Bearer ", "Basic abc", "abc", "Bearer a b", "Bearer ä", "xBearer abc"])(
    "refuses %j",
    (header) => {
      expect(bearerSecret(header)).toBeNull();
    },
  );
});
