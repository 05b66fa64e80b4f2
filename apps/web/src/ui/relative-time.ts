// How long ago something was, in a word or two: "now", "4 min", "yesterday", "Sunday", "28 Feb", "28 Feb 2024".
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

export function relativeTime(at: Date, now: Date, locale?: string): string {
  const elapsed = now.getTime() - at.getTime();
  if (elapsed < MINUTE) return "now";
  if (elapsed < HOUR) return `${Math.floor(elapsed / MINUTE)} min`;
  const days = daysBetween(at, now);
  if (days === 0) return `${Math.floor(elapsed / HOUR)} h`;
  if (days === 1) return "yesterday";
  if (days < DAYS_BY_NAME) return at.toLocaleDateString(locale, { weekday: "long" });
  const isThisYear = at.getFullYear() === now.getFullYear();
  return shortDate(at, isThisYear, locale);
}

export function shortDate(at: Date, withoutYear: boolean, locale?: string): string {
  return at.toLocaleDateString(locale, {
    day: "numeric",
    month: "short",
    ...(withoutYear ? {} : { year: "numeric" }),
  });
}

/** The same within a sentence: "changed 4 min ago", "changed yesterday". */
export function agoWords(words: string): string {
  return /\d (?:min|h)$/u.test(words) ? `${words} ago` : words;
}

/** When something ends, to the minute and with its zone. */
export function dayAndTime(at: Date, locale?: string): string {
  return at.toLocaleString(locale, {
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  });
}

/** Date, time to the second and the zone it is told in. */
export function exactTime(at: Date, locale?: string): string {
  return at.toLocaleString(locale, {
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
