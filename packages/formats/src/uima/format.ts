/** UIMA CAS JSON 0.4, as INCEpTION and dkpro-cassis write it; docs/formats/uima-cas.md. */
import { CARRIES_ALL, type Format } from "../format.ts";
import { readCas } from "./read.ts";
import { writeCas } from "./write.ts";

/** UIMA CAS JSON. */
export const uima: Format = {
  id: "uima",
  name: "UIMA CAS JSON",
  extensions: [".json"],
  positions: "UTF-16 units",
  detect: ({ text }) => (/^\uFEFF?\s*\{[^{]*"%(?:TYPES|FEATURE_STRUCTURES|VIEWS)"\s*:/.test(text) ? 0.95 : 0),
  read: readCas,
  write: writeCas,
  isBundle: true,
  carries: {
    ...CARRIES_ALL,
    comments: false,
    history: false,
    codebook: "colours, shortcuts, descriptions and hierarchy of labels, and the guidelines",
  },
};
