// Points in time some days from now, as the API takes them.
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A minute short, since the server allows no more than so many days and its clock may be a little behind. */
export function afterDays(days: number): string {
  return new Date(Date.now() + days * DAY - MINUTE).toISOString();
}
