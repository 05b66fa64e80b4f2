import { describe, expect, it } from "vitest";
import { isForeignOrigin, isOwnOrigin } from "./own-origin.ts";

const OURS = "https://concord.example";
const FOREIGN = "https://evil.example";

describe("isOwnOrigin", () => {
  it.each([
    [{ method: "POST", origin: OURS }, true],
    [{ method: "POST", origin: OURS, secFetchSite: "same-origin" }, true],
    [{ method: "POST", secFetchSite: "same-origin" }, true],
    [{ method: "POST", origin: "null", secFetchSite: "same-origin" }, true],
    [{ method: "GET", secFetchSite: "same-origin" }, true],
    [{ method: "GET", secFetchSite: "none" }, true],
    [{ method: "HEAD", secFetchSite: "none" }, true],
    [{ method: "POST", secFetchSite: "none" }, false],
    [{ method: "GET", origin: "null", secFetchSite: "none" }, false],
    [{ method: "GET" }, false],
    [{ method: "POST" }, false],
    [{ method: "POST", origin: "null" }, false],
    [{ method: "GET", secFetchSite: "same-site" }, false],
    [{ method: "GET", secFetchSite: "cross-site" }, false],
    [{ method: "GET", origin: FOREIGN }, false],
    [{ method: "POST", origin: FOREIGN, secFetchSite: "same-origin" }, false],
    [{ method: "POST", origin: `${OURS}:444` }, false],
    [{ method: "POST", origin: "http://concord.example" }, false],
    [{ method: "POST", origin: `${OURS}.evil.example` }, false],
  ])("%j: %s", (source, own) => {
    expect(isOwnOrigin(source, OURS)).toBe(own);
  });
});

describe("isForeignOrigin", () => {
  it("lets scripts through, which send neither header", () => {
    expect(isForeignOrigin({ method: "POST" }, OURS)).toBe(false);
  });

  it("knows our own pages and others", () => {
    expect(isForeignOrigin({ method: "POST", origin: OURS }, OURS)).toBe(false);
    expect(isForeignOrigin({ method: "POST", origin: FOREIGN }, OURS)).toBe(true);
    expect(isForeignOrigin({ method: "POST", secFetchSite: "cross-site" }, OURS)).toBe(true);
    expect(isForeignOrigin({ method: "POST", origin: "null" }, OURS)).toBe(true);
  });
});
