// The text without any highlight: what the browser needs for it in any case.
import type { Subject } from "../subject.ts";
import { buildParagraphs } from "./paragraphs.ts";

const subject: Subject = {
  open: ({ text }) => void buildParagraphs(text),
  isShown: () => document.querySelector("#text p") !== null,
  tagCount: () => 0,
};

Object.assign(window, { subject });
