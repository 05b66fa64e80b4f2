// Where the paragraphs' canvases and glows stand: in a layer of their own below the text's glyphs. It is closed to the
// text's layout, so that what comes and goes in it never makes the browser look at a paragraph again; for that it has to
// be told where each paragraph is. Canvases are used again: making and dropping them costs more than painting them.
import css from "./reading-pane.module.css";

/** The drawings of one paragraph. */
export interface Sheet {
  readonly canvas: HTMLCanvasElement;
  readonly glows: Map<string, HTMLElement>;
  /** Pixels from the text's top. */
  top: number;
}

export interface PaintLayer {
  take(): Sheet;
  /** Gives a sheet back, to be drawn on for another paragraph. */
  release(sheet: Sheet): void;
  move(sheet: Sheet, top: number): void;
  /** A cleared context for a stretch that begins so far below the paragraph's top, in CSS pixels from its corner. */
  prepare(
    sheet: Sheet,
    stretch: { readonly top: number; readonly width: number; readonly height: number },
    ratio: number,
  ): CanvasRenderingContext2D | null;
  /** Takes away what was drawn and the memory behind it. */
  clear(sheet: Sheet): void;
  addGlow(sheet: Sheet, id: string, glow: HTMLElement): void;
  dispose(): void;
}

/** Heights are rounded up to this, so that a canvas fits many paragraphs. */
const STEP = 136;
const MOST_SPARE = 12;

export function createPaintLayer(root: HTMLElement): PaintLayer {
  const under = document.createElement("div");
  under.className = css.under ?? "";
  under.setAttribute("aria-hidden", "true");
  root.append(under);
  const spare: Sheet[] = [];

  function make(): Sheet {
    const canvas = document.createElement("canvas");
    canvas.className = css.canvas ?? "";
    under.append(canvas);
    return { canvas, glows: new Map(), top: 0 };
  }

  function resize(canvas: HTMLCanvasElement, width: number, height: number): void {
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
  }

  return {
    take: () => spare.pop() ?? make(),
    release(sheet) {
      for (const glow of sheet.glows.values()) glow.remove();
      sheet.glows.clear();
      if (spare.length < MOST_SPARE) {
        sheet.canvas.style.visibility = "hidden";
        spare.push(sheet);
      } else sheet.canvas.remove();
    },
    move(sheet, top) {
      sheet.top = top;
      sheet.canvas.style.top = `${top}px`;
      for (const glow of sheet.glows.values()) glow.style.top = `${top}px`;
    },
    prepare({ canvas }, { top, width, height: least }, ratio) {
      const height = Math.ceil(least / STEP) * STEP;
      resize(canvas, Math.round(width * ratio), Math.round(height * ratio));
      canvas.style.visibility = "";
      canvas.style.marginTop = `${top}px`;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
      const ctx = canvas.getContext("2d");
      ctx?.setTransform(ratio, 0, 0, ratio, 0, 0);
      ctx?.clearRect(0, 0, width, height);
      return ctx;
    },
    clear({ canvas }) {
      resize(canvas, 0, 0);
      canvas.style.visibility = "hidden";
    },
    addGlow(sheet, id, glow) {
      sheet.glows.set(id, glow);
      glow.style.top = `${sheet.top}px`;
      under.append(glow);
    },
    dispose: () => under.remove(),
  };
}
