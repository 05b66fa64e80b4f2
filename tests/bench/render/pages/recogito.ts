// The same text and annotations in @recogito/text-annotator, by the renderer that `?renderer=` names.
import { createTextAnnotator, type RendererType, type TextAnnotation } from "@recogito/text-annotator";
import "@recogito/text-annotator/text-annotator.css";
import type { Subject } from "../subject.ts";
import { buildParagraphs } from "./paragraphs.ts";

const asked = new URLSearchParams(location.search).get("renderer");
const renderer: RendererType = asked === "SPANS" ? "SPANS" : "CSS_HIGHLIGHTS";
const made: string[] = [];

const isDrawn = (id: string) =>
  renderer === "SPANS"
    ? document.querySelector(`[data-annotation="${id}"]`) !== null
    : CSS.highlights.has(`_${id}`);

const subject: Subject = {
  open({ text, annotations }) {
    const host = buildParagraphs(text);
    const annotator = createTextAnnotator<TextAnnotation, TextAnnotation>(host, { renderer });
    annotator.on("createAnnotation", ({ id }) => made.push(id));
    annotator.setAnnotations(
      annotations.map(({ id, quote, fragments }) => ({
        id,
        bodies: [],
        target: {
          annotation: id,
          // it makes the ranges itself
          selector: fragments.map(({ start, end }) => ({ quote, start, end, range: new Range() })),
        },
      })),
    );
  },
  isShown: () =>
    renderer === "SPANS" ? document.querySelector("[data-annotation]") !== null : CSS.highlights.size > 0,
  tagCount: () => made.filter(isDrawn).length,
};

Object.assign(window, { subject });
