/** A frame is what a WebSocket client reads as the message, whatever its length. */
import { describe, expect, it } from "vitest";
import { createFrame, type Frame } from "./frames.ts";

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

/** A wire that takes at once what is written, or keeps all of it waiting. */
function createWire({ isSlow }: { isSlow: boolean }) {
  const waiting: Buffer[] = [];
  const taken: string[] = [];
  return {
    taken,
    write(bytes: Buffer) {
      if (isSlow) waiting.push(bytes);
      else taken.push(textOf(bytes));
      return !isSlow;
    },
    get writableLength() {
      return waiting.reduce((sum, { length }) => sum + length, 0);
    },
    drain: () => taken.push(...waiting.splice(0).map(textOf)),
  };
}

function messageOf(frame: Frame, id: string): unknown {
  const wire = createWire({ isSlow: false });
  frame.writeTo(wire, Buffer.from(JSON.stringify(id)));
  return JSON.parse(wire.taken.join());
}

describe("createFrame", () => {
  it.each([0, 60, 80, 125, 126, 65_400, 65_535, 65_536, 200_000])(
    "frames a payload of some %i bytes",
    (length) => {
      for (const extra of [0, 1, 2, 3, 40, 90]) {
        const payload = { data: "x".repeat(length + extra) };
        const message = messageOf(createFrame(JSON.stringify(payload)), "an id");
        expect(message).toEqual({ id: "an id", type: "next", payload });
      }
    },
  );

  it("puts in each id as it is, of any length and characters", () => {
    const frame = createFrame('{"data":"🙂"}');
    for (const id of ["1", "2", "b4d1", 'with "quotes"', "🙂", "c4d1", ""])
      expect(messageOf(frame, id)).toEqual({ id, type: "next", payload: { data: "🙂" } });
  });

  it("leaves to a slow socket what it has not taken yet, whoever gets the frame meanwhile", () => {
    const frame = createFrame("{}");
    const wires = [false, true, true, false, true, false].map((isSlow) => createWire({ isSlow }));
    for (const [index, wire] of wires.entries()) frame.writeTo(wire, Buffer.from(`"id ${index}"`));
    for (const wire of wires) wire.drain();
    expect(wires.map(({ taken }) => taken)).toEqual(
      wires.map((_, index) => [`{"id":"id ${index}","type":"next","payload":{}}`]),
    );
  });
});
