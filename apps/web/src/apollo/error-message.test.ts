// What is said about errors of every origin.
import { CombinedGraphQLErrors, ServerError } from "@apollo/client/errors";
import { describe, expect, test } from "vitest";
import { describeError, errorFromBody, hasCode } from "./error-message.ts";

const graphQLError = (message: string, extensions: Record<string, unknown>) =>
  new CombinedGraphQLErrors({ data: null, errors: [{ message, extensions }] });

describe("describeError", () => {
  test("a refused input keeps the server's words and its field", () => {
    const error = graphQLError("name is empty.", { code: "BAD_USER_INPUT", field: "input.name" });
    expect(describeError(error)).toEqual({
      code: "BAD_USER_INPUT",
      field: "input.name",
      message: "name is empty.",
      requestId: null,
    });
  });

  test("the path before the words is shortened to the field", () => {
    const message = "input.documents[3].text has 9 code points; at most 5 are accepted.";
    const error = graphQLError(message, { code: "TOO_LARGE", field: "input.documents[3].text" });
    expect(describeError(error).message).toBe("Text has 9 code points; at most 5 are accepted.");
  });

  test("a masked error gives its request id", () => {
    const error = graphQLError("Something went wrong on the server.", {
      code: "INTERNAL_SERVER_ERROR",
      requestId: "0199",
    });
    expect(describeError(error)).toMatchObject({ code: "INTERNAL_SERVER_ERROR", requestId: "0199" });
  });

  test("an answer that is no success is read for its code", () => {
    const bodyText = JSON.stringify({ errors: [{ message: "no", extensions: { code: "UNAUTHENTICATED" } }] });
    const error = new ServerError("401", { response: new Response(null, { status: 401 }), bodyText });
    expect(hasCode(error, "UNAUTHENTICATED")).toBe(true);
  });

  test("an answer from something else in between", () => {
    const error = new ServerError("502", {
      response: new Response(null, { status: 502 }),
      bodyText: "<html>",
    });
    expect(describeError(error)).toMatchObject({ code: "UNKNOWN", message: expect.stringContaining("502") });
  });

  test("no answer at all", () => {
    expect(describeError(new TypeError("Failed to fetch")).code).toBe("NETWORK");
  });

  test.each([undefined, null, "x", {}])("never fails itself: %j", (thrown) => {
    expect(describeError(thrown).message).not.toBe("");
  });
});

describe("errorFromBody", () => {
  test("the file addresses' form", () => {
    const body = JSON.stringify({ error: { code: "NOT_FOUND", message: "No such project." } });
    expect(errorFromBody(body)).toMatchObject({
      code: "NOT_FOUND",
      message: "No such project.",
      field: null,
    });
  });

  test.each(["", "nonsense", "null", "[]", '{"errors":[]}'])("nothing known in %j", (body) => {
    expect(errorFromBody(body)).toBeNull();
  });
});
