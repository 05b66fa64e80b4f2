// Several files as one.
import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { distinctNames, packFiles } from "./pack-files.ts";

test("files come out of the zip as they went in", async () => {
  const files = [
    new File(["Ebbe und Flut"], "tide.txt"),
    new File(["T1\tclaim 0 4\tEbbe\n"], "tide.ann"),
    new File([], "empty.txt"),
    new File(["%PDF-"], "map.pdf"),
    new File(["other"], "tide.txt"),
    Object.defineProperty(new File(["in a folder"], "tide.txt"), "relativePath", { value: "/a/tide.txt" }),
  ];
  const blob = await packFiles(files, new AbortController().signal);
  const unpacked = unzipSync(new Uint8Array(await blob.arrayBuffer()));
  const texts = Object.entries(unpacked).map(([name, bytes]) => [name, strFromU8(bytes)]);
  expect(texts).toEqual([
    ["tide.txt", "Ebbe und Flut"],
    ["tide.ann", "T1\tclaim 0 4\tEbbe\n"],
    ["empty.txt", ""],
    ["map.pdf", "%PDF-"],
    ["tide (2).txt", "other"],
    ["a/tide.txt", "in a folder"],
  ]);
});

test("gives up when nobody wants it any more", async () => {
  const controller = new AbortController();
  controller.abort();
  await expect(packFiles([new File(["a"], "a.txt")], controller.signal)).rejects.toThrow();
});

test("numbers names that are alike", () => {
  expect(distinctNames(["a.txt", "a.txt", "a (2).txt", ".ann", ".ann", "b", "c.d/b", "c.d/b"])).toEqual([
    "a.txt",
    "a (2).txt",
    "a (2) (2).txt",
    ".ann",
    ".ann (2)",
    "b",
    "c.d/b",
    "c.d/b (2)",
  ]);
});
