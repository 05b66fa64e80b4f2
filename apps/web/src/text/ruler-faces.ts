// Beside the ruler: the initials of others, where in the text they read. Only for the eye, since the bar on top lists them.
import type { Fragment } from "@concord/core";
import type { OthersFeed } from "./others.ts";
import css from "./reading-pane.module.css";
import type { TextDom } from "./text-dom.ts";

export interface RulerFaces {
  refresh(): void;
  dispose(): void;
}

/** From one face to the next, where several read in one place; CSS pixels. */
const PITCH = 22;

/**
 * Heights side by side without overlap, as near to the wanted ones as their order allows, all between 0 and `room`.
 * @param wanted in ascending order
 */
export function spread(wanted: readonly number[], pitch: number, room: number): number[] {
  const places: number[] = [];
  for (const y of wanted) places.push(Math.max(0, y, (places.at(-1) ?? -pitch) + pitch));
  let limit = room;
  for (let i = places.length - 1; i >= 0; i--) {
    places[i] = Math.min(places[i] ?? 0, limit);
    limit = (places[i] ?? 0) - pitch;
  }
  return places;
}

export function createRulerFaces(
  host: HTMLElement,
  dom: TextDom,
  scroller: HTMLElement,
  feed: OthersFeed,
): RulerFaces {
  /** By person, so that a face glides from place to place. */
  const faces = new Map<string, HTMLElement>();
  let frame = 0;

  function heightOf({ start, end }: Fragment): number {
    const from = dom.element(dom.text.at(start))?.getBoundingClientRect();
    const to = dom.element(dom.text.at(Math.max(start, end - 1)))?.getBoundingClientRect();
    const top = scroller.getBoundingClientRect().top - scroller.scrollTop;
    const middle = ((from?.top ?? top) + (to?.bottom ?? top)) / 2 - top;
    return (middle / Math.max(1, scroller.scrollHeight)) * host.clientHeight - PITCH / 2;
  }

  function faceOf(id: string): HTMLElement {
    const face = faces.get(id) ?? document.createElement("span");
    faces.set(id, face);
    return face;
  }

  function draw(): void {
    frame = 0;
    const placed = feed
      .get()
      .flatMap((other) => (other.reading === null ? [] : [{ ...other, y: heightOf(other.reading) }]))
      .sort((a, b) => a.y - b.y);
    const heights = spread(
      placed.map(({ y }) => y),
      PITCH,
      host.clientHeight - PITCH,
    );
    const present = new Set(placed.map(({ id }) => id));
    for (const [id, face] of faces) {
      if (present.has(id)) continue;
      face.remove();
      faces.delete(id);
    }
    for (const [index, { id, initials, color }] of placed.entries()) {
      const face = faceOf(id);
      face.className = css.rulerFace ?? "";
      face.dataset.initials = initials;
      face.style.setProperty("--who", color);
      face.style.transform = `translateY(${Math.round(heights[index] ?? 0)}px)`;
      if (!face.isConnected) host.append(face);
    }
  }

  function schedule(): void {
    if (frame === 0) frame = requestAnimationFrame(draw);
  }

  const stopFeed = feed.subscribe(schedule);
  schedule();

  return {
    refresh: schedule,
    dispose() {
      cancelAnimationFrame(frame);
      stopFeed();
      host.replaceChildren();
    },
  };
}
