// Tells that the page may have been away: the network is back, the tab is shown again, or the machine slept, which shows
// as a jump of the clock between two ticks. Connections that look open may be dead then.

export interface Waking {
  /** Requests from before will get no answer. */
  readonly hasSlept: boolean;
}

const TICK_MS = 5_000;
/** A hidden tab's ticks may come a minute apart. */
const SLEPT_MS = 90_000;

export function onWake(listener: (waking: Waking) => void): () => void {
  let lastTick = Date.now();
  const tick = () => {
    const hasSlept = Date.now() - lastTick > SLEPT_MS;
    lastTick = Date.now();
    return hasSlept;
  };
  const wake = () => listener({ hasSlept: tick() });
  const whenShown = () => {
    if (document.visibilityState === "visible") wake();
  };
  const timer = setInterval(() => {
    if (tick()) listener({ hasSlept: true });
  }, TICK_MS);
  addEventListener("online", wake);
  addEventListener("pageshow", wake);
  document.addEventListener("visibilitychange", whenShown);
  return () => {
    clearInterval(timer);
    removeEventListener("online", wake);
    removeEventListener("pageshow", wake);
    document.removeEventListener("visibilitychange", whenShown);
  };
}
