// A time told relatively, with the exact one and its zone on hover. One clock for all of them, ticking once a minute.
import { Tooltip } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { exactTime, relativeTime, shortDate, timeAgo } from "./relative-time.ts";

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

export interface RelativeTimeProps {
  readonly at: string;
  /** Stands in a sentence: "4 min ago" rather than "4 min". */
  readonly ago?: boolean;
}

export function RelativeTime({ at, ago = false }: RelativeTimeProps) {
  const clock = useSyncExternalStore(subscribe, () => now);
  const time = new Date(at);
  return (
    <Tooltip label={exactTime(time)}>
      <time dateTime={at}>{ago ? timeAgo(time, clock) : relativeTime(time, clock)}</time>
    </Tooltip>
  );
}

/** A day, also one to come: "25 Dec", "4 Jan 2027". */
export function ShortDay({ at }: { readonly at: string }) {
  const clock = useSyncExternalStore(subscribe, () => now);
  const time = new Date(at);
  return (
    <Tooltip label={exactTime(time)}>
      <time dateTime={at}>{shortDate(time, time.getFullYear() === clock.getFullYear())}</time>
    </Tooltip>
  );
}
