import { describe, expect, it } from "vitest";
import type { Output } from "./output.ts";
import { createProgress, size } from "./progress.ts";

function recorder(isTerminal: boolean): Output & { said: string[] } {
  const said: string[] = [];
  const write = async (text: string | Uint8Array) => void said.push(String(text));
  return {
    said,
    isTerminal,
    columns: 60,
    write,
    json: (value) => write(JSON.stringify(value)),
    line: (text) => write(`${text}\n`),
  };
}

describe("progress", () => {
  it("is a bar that is written over on a terminal, and is taken away", () => {
    const err = recorder(true);
    let now = 0;
    const progress = createProgress(err, () => now);
    progress.show("sending", 1, 100, "bytes");
    expect(err.said).toEqual([]);
    now = 1_000;
    progress.show("sending", 50, 100, "bytes");
    expect(err.said).toEqual(["\r\u001b[K████████░░░░░░░░  50 %  sending  50 B of 100 B"]);
    progress.clear();
    expect(err.said.at(-1)).toBe("\r\u001b[K");
  });

  it("is a plain line now and then in a pipe", () => {
    const err = recorder(false);
    let now = 0;
    const progress = createProgress(err, () => now);
    for (now = 0; now <= 11_000; now += 100) progress.show("sending", now, null, "bytes");
    progress.clear();
    expect(err.said).toEqual(["sending: 700 B\n", "sending: 5.7 kB\n", "sending: 10.7 kB\n"]);
  });

  it("counts bytes for people", () => {
    expect([0, 999, 1_000, 1_400_000, 2e9].map(size)).toEqual(["0 B", "999 B", "1.0 kB", "1.4 MB", "2.0 GB"]);
  });
});
