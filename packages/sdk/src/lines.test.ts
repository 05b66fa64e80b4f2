import { describe, expect, it } from "vitest";
import { readLines } from "./lines.ts";

/** A stream of these bytes in pieces of a size. */
function inPieces(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

async function linesOf(stream: ReadableStream<Uint8Array>): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readLines(stream)) lines.push(line);
  return lines;
}

describe("readLines", () => {
  it("finds the same lines however the bytes come", async () => {
    const text = "one\r\n\nthe 🚤 boats\nlast";
    for (let size = 1; size < 30; size++)
      expect(await linesOf(inPieces(text, size))).toEqual(["one", "", "the 🚤 boats", "last"]);
  });

  it("takes a line break at the end for the end", async () => {
    expect(await linesOf(inPieces("one\ntwo\n", 3))).toEqual(["one", "two"]);
    expect(await linesOf(inPieces("", 1))).toEqual([]);
  });

  it("cancels the stream when nobody wants more", async () => {
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode("line\n")),
      cancel: () => {
        cancelled = true;
      },
    });
    for await (const line of readLines(endless)) {
      expect(line).toBe("line");
      break;
    }
    expect(cancelled).toBe(true);
  });

  it("refuses what is no UTF-8", async () => {
    const wrong = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new Uint8Array([0x61, 0xff]));
        controller.close();
      },
    });
    await expect(linesOf(wrong)).rejects.toThrow(TypeError);
  });
});
