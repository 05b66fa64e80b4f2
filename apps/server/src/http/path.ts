/** The parts of a request target: not parsed as a URL, since not every request target is one. */

/** The path, without its query. */
export function pathOf(target: string): string {
  return target.split("?", 1)[0] ?? target;
}

/** The query; empty where there is none. */
export function queryOf(target: string): URLSearchParams {
  return new URLSearchParams(target.slice(pathOf(target).length));
}
