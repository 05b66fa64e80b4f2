/** A frame is what a WebSocket client reads as the message, whatever its length. */
import { describe, expect, it } from "vitest";
import { createFrame } from "./frames.ts";

/** The text of an unmasked frame, read as RFC 6455 says. */
function textOf(frame: Buffer): string {
  expect(frame[0]).toBe(0x81);
  const short = frame[1] ?? 0;
  const [head, length] =
    short === 127
      ? [10, Number(frame.readBigUInt64BE(2))]
      : short === 126
        ? [4, frame.readUInt16BE(2)]
        : [2, short];
  expect(frame.length).toBe(head + length);
  return frame.subarray(head).toString("utf8");
}

describe("createFrame", () => {
  it.each([0, 60, 80, 125, 126, 65_400, 65_535, 65_536, 200_000])(
    "frames a payload of some %i bytes",
    (length) => {
      const id = Buffer.from('"an id"');
      for (const extra of [0, 1, 2, 3, 40, 90]) {
        const payload = { data: "x".repeat(length + extra) };
        const text = textOf(createFrame(JSON.stringify(payload)).bytesFor(id));
        expect(JSON.parse(text)).toEqual({ id: "an id", type: "next", payload });
      }
    },
  );

  it("puts in each id as it is, of any length and characters", () => {
    const frame = createFrame('{"data":"🙂"}');
    for (const id of ["1", "2", "b4d1", 'with "quotes"', "🙂", "c4d1", ""]) {
      const text = textOf(frame.bytesFor(Buffer.from(JSON.stringify(id))));
      expect(JSON.parse(text)).toEqual({ id, type: "next", payload: { data: "🙂" } });
    }
  });
});
