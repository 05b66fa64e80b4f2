// What is in folders, and what of it is read.
import { expect, test } from "vitest";
import { chosenFiles, droppedFiles, pathOf } from "./chosen-files.ts";

/** A file as a chosen folder gives it. */
function inFolder(path: string): File {
  const file = new File(["a"], path.slice(path.lastIndexOf("/") + 1));
  return Object.defineProperty(file, "webkitRelativePath", { value: path });
}

const paths = (files: readonly File[]) => files.map(pathOf);

test("a folder's files come in the order of their names, without hidden ones", () => {
  const files = [
    "corpus/10.txt",
    "corpus/2.txt",
    "corpus/.DS_Store",
    "corpus/b/Thumbs.db",
    "corpus/b/2.ann",
    "corpus/.git/config",
    "corpus/__MACOSX/2.txt",
    "corpus/desktop.ini",
  ];
  expect(paths(chosenFiles(files.map(inFolder)))).toEqual([
    "corpus/2.txt",
    "corpus/10.txt",
    "corpus/b/2.ann",
  ]);
});

test("files in no folder stay as somebody chose them", () => {
  const files = ["b.txt", "a.txt", ".DS_Store"].map((name) => new File(["a"], name));
  expect(paths(chosenFiles(files))).toEqual(["b.txt", "a.txt"]);
});

/** As a browser hands over a dropped folder: by parts, the last of which is empty. */
function folder(fullPath: string, ...parts: readonly (readonly object[])[]): object {
  const left = [...parts];
  const createReader = () => ({
    readEntries: (tell: (part: readonly object[]) => void) => tell(left.shift() ?? []),
  });
  return { isDirectory: true, fullPath, createReader };
}

const entryOf = (fullPath: string) => ({
  isDirectory: false,
  fullPath,
  file: (tell: (file: File) => void) => tell(new File(["a"], fullPath.slice(fullPath.lastIndexOf("/") + 1))),
});

test("a dropped folder is read to its end, with the folders in it", async () => {
  const dropped = folder(
    "/corpus",
    [
      entryOf("/corpus/1.txt"),
      folder("/corpus/deep", [entryOf("/corpus/deep/2.txt"), entryOf("/corpus/deep/.DS_Store")]),
    ],
    [entryOf("/corpus/1.ann")],
  );
  const items = [
    { kind: "file", webkitGetAsEntry: () => dropped },
    { kind: "file", webkitGetAsEntry: () => null, getAsFile: () => new File(["b"], "beside.txt") },
    { kind: "string" },
  ];
  const event = Object.assign(new Event("drop"), { dataTransfer: { items } });
  expect(paths(await droppedFiles(event))).toEqual([
    "beside.txt",
    "corpus/1.ann",
    "corpus/1.txt",
    "corpus/deep/2.txt",
  ]);
});
