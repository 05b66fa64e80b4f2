// How long ago something was, in a word or two: "now", "4 min", "yesterday", "Sunday", "28 Feb", "28 Feb 2024".
import { LOCALE, t } from "../words/words.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAYS_BY_NAME = 7;

function startOfDay(time: Date): number {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
}

/** Days between two local dates; daylight saving makes some days 23 or 25 hours long. */
function daysBetween(earlier: Date, later: Date): number {
  return Math.round((startOfDay(later) - startOfDay(earlier)) / (24 * HOUR));
}

type Told = { readonly minutes: number } | { readonly hours: number } | { readonly words: string };

function tell(at: Date, now: Date): Told {
  const elapsed = now.getTime() - at.getTime();
  if (elapsed < MINUTE) return { words: t("ui:time.now") };
  if (elapsed < HOUR) return { minutes: Math.floor(elapsed / MINUTE) };
  const days = daysBetween(at, now);
  if (days === 0) return { hours: Math.floor(elapsed / HOUR) };
  if (days === 1) return { words: t("ui:time.yesterday") };
  if (days < DAYS_BY_NAME) return { words: at.toLocaleDateString(LOCALE, { weekday: "long" }) };
  return { words: shortDate(at, at.getFullYear() === now.getFullYear()) };
}

export function relativeTime(at: Date, now: Date): string {
  const told = tell(at, now);
  if ("minutes" in told) return t("ui:time.minutes", { count: told.minutes });
  if ("hours" in told) return t("ui:time.hours", { count: told.hours });
  return told.words;
}

/** The same within a sentence: "changed 4 min ago", "changed yesterday". */
export function timeAgo(at: Date, now: Date): string {
  const told = tell(at, now);
  if ("minutes" in told) return t("ui:time.minutesAgo", { count: told.minutes });
  if ("hours" in told) return t("ui:time.hoursAgo", { count: told.hours });
  return told.words;
}

export function shortDate(at: Date, withoutYear: boolean, locale: string = LOCALE): string {
  return at.toLocaleDateString(locale, {
    day: "numeric",
    month: "short",
    ...(withoutYear ? {} : { year: "numeric" }),
  });
}

/** When something ends, to the minute and with its zone. */
export function dayAndTime(at: Date): string {
  return at.toLocaleString(LOCALE, {
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  });
}

/** Date, time to the second and the zone it is told in. */
export function exactTime(at: Date): string {
  return at.toLocaleString(LOCALE, {
    weekday: "short",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  });
}
