/** The path of a request target, without its query: not parsed as a URL, since not every request target is one. */
export function pathOf(target: string): string {
  return target.split("?", 1)[0] ?? target;
}
