/** brat standoff: a text, and beside it a file of annotations; docs/formats/brat.md. */
import { CARRIES_ALL, type Format, type Sample } from "../format.ts";
import { splitPath } from "../path.ts";
import { isSettings } from "./conf.ts";
import { readBrat } from "./read.ts";
import { writeBrat } from "./write.ts";

/** Ends of the names of files with annotations; the last two are those of the BioNLP tasks. */
export const ANNOTATION_FILES = [".ann", ".a1", ".a2"];

/** brat standoff. */
export const brat: Format = {
  id: "brat",
  name: "brat standoff",
  extensions: [".ann", ".txt", ".conf"],
  positions: "code points",
  partners: ANNOTATION_FILES,
  detect,
  read: readBrat,
  write: writeBrat,
  isBundle: true,
  carries: {
    ...CARRIES_ALL,
    comments: false,
    history: false,
    codebook: "colours, shortcuts, descriptions and required attributes, and the guidelines",
  },
};

function detect({ path, text }: Sample): number {
  if (isSettings(path)) return 0.9;
  const [, extension] = splitPath(path);
  if (ANNOTATION_FILES.includes(extension)) return 0.9;
  const lines = text
    .split("\n")
    .slice(0, 20)
    .filter((line) => line.trim() !== "");
  const known = lines.filter((line) =>
    /^(?:T\d+\t\S+ \d+ \d+|[EAMRN]\d+\t\S|\*\t\S|#\d*\t\S)/.test(line),
  ).length;
  return lines.length > 0 && known === lines.length ? 0.8 : 0;
}
