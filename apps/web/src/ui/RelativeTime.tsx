// A time told relatively, with the exact one and its zone on hover. One clock for all of them, ticking once a minute.
import { Tooltip } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { exactTime, relativeTime } from "./relative-time.ts";

const TICK_MS = 30_000;
let now = new Date();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  now = new Date();
  timer ??= setInterval(() => {
    now = new Date();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

export function RelativeTime({ at, locale = "en-GB" }: { readonly at: string; readonly locale?: string }) {
  const clock = useSyncExternalStore(subscribe, () => now);
  const time = new Date(at);
  return (
    <Tooltip label={exactTime(time, locale)}>
      <time dateTime={at}>{relativeTime(time, clock, locale)}</time>
    </Tooltip>
  );
}
