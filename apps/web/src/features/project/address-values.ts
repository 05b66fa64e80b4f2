// Values of a page's address, which anybody may have written: what can't be meant reads as not given.
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

export function idIn(parameter: string | null): string | null {
  return parameter !== null && UUID.test(parameter) ? parameter : null;
}

/** A day: 2026-03-09. */
export function dayIn(parameter: string | null): string | null {
  return parameter !== null && /^\d{4}-\d\d-\d\d$/u.test(parameter) ? parameter : null;
}

/** A day's first moment, here; `null` for what is no day. */
export function startOfDay(date: string, daysOn = 0): Date | null {
  const [year, month, day] = date.split("-").map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  const time = new Date(year, month - 1, day + daysOn);
  return Number.isNaN(time.getTime()) ? null : time;
}
