// Which highlight the pointer rests on: told only once it rests, since passing over the text must not make it flicker.

const ENTER_MS = 200;
const LEAVE_MS = 40;

export interface Hover {
  /** The pointer is on this one now, or on none. */
  on(id: string | null): void;
  /** What was told last stays, whatever the pointer was on its way to. */
  stay(): void;
}

export function createHover(tell: (id: string | null) => void): Hover {
  let wanted: string | null = null;
  let told: string | null = null;
  let timer = 0;
  return {
    on(id) {
      if (id === wanted) return;
      wanted = id;
      clearTimeout(timer);
      const tellNow = () => {
        told = id;
        tell(id);
      };
      if (id !== told) timer = window.setTimeout(tellNow, id === null ? LEAVE_MS : ENTER_MS);
    },
    stay() {
      clearTimeout(timer);
      wanted = told;
    },
  };
}
