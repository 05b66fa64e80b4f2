/** Label Studio's JSON: tasks with annotations and predictions; docs/formats/label-studio.md. */
import { CARRIES_ALL, type Format, type Sample } from "../format.ts";
import { readLabelStudio } from "./read.ts";
import { writeLabelStudio } from "./write.ts";

/** Label Studio JSON. */
export const labelstudio: Format = {
  id: "labelstudio",
  name: "Label Studio JSON",
  extensions: [".json"],
  positions: "UTF-16 units",
  detect,
  read: readLabelStudio,
  write: writeLabelStudio,
  carries: {
    ...CARRIES_ALL,
    comments: false,
    history: false,
    codebook: false,
  },
};

function detect({ text }: Sample): number {
  if (!/^\uFEFF?\s*[[{]/.test(text) || !/"data"\s*:\s*\{/.test(text)) return 0;
  return /"(?:annotations|predictions|completions)"\s*:\s*\[/.test(text) ? 0.95 : 0.6;
}
