/**
 * Whether a request comes from our own pages. A browser sends its cookies along with requests that a foreign page
 * makes too, so a session counts only where the browser itself says that the page is ours. Pure.
 */

/** What a browser tells of the page behind a request. */
interface RequestSource {
  method: string;
  origin?: string | undefined;
  secFetchSite?: string | undefined;
}

/**
 * Origin decides where it names an origin: it is held against PUBLIC_URL, never against the Host header. A page
 * that hides its origin sends `null`, and reads within a site send none; then Sec-Fetch-Site decides. `none` is an
 * address that a person typed or a bookmark, which may read.
 */
export function isOwnOrigin({ method, origin, secFetchSite }: RequestSource, publicOrigin: string): boolean {
  if (origin !== undefined && origin !== "null") return origin === publicOrigin;
  if (secFetchSite === "same-origin") return true;
  return secFetchSite === "none" && origin === undefined && (method === "GET" || method === "HEAD");
}

/** Whether the request says that a foreign page made it. A script says nothing and is not foreign. */
export function isForeignOrigin(source: RequestSource, publicOrigin: string): boolean {
  const silent = source.origin === undefined && source.secFetchSite === undefined;
  return !silent && !isOwnOrigin(source, publicOrigin);
}
