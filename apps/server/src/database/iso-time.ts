/** Times that PostgreSQL itself puts into JSON. */

/** A time column as `Date.toISOString` gives it, as SQL. */
export function isoTime(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
