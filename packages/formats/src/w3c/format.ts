/** W3C Web Annotation as JSON-LD, beside the texts that it is about; docs/formats/web-annotation.md. */
import { CARRIES_ALL, type Format } from "../format.ts";
import { splitPath } from "../path.ts";
import { readWebAnnotations } from "./read.ts";
import { writeWebAnnotations } from "./write.ts";

/** W3C Web Annotation. */
export const w3c: Format = {
  id: "w3c",
  name: "W3C Web Annotation",
  extensions: [".jsonld", ".json", ".txt"],
  positions: "code points",
  partners: [".jsonld"],
  detect: ({ path, text }) => {
    if (splitPath(path)[1] === ".jsonld") return 0.9;
    return /^\uFEFF?\s*[[{]/.test(text) && /www\.w3\.org\/ns\/anno/.test(text) ? 0.9 : 0;
  },
  read: readWebAnnotations,
  write: writeWebAnnotations,
  isBundle: true,
  carries: { ...CARRIES_ALL, history: "versions and origins are", codebook: false },
};
