// The page to come back to after signing in, carried in the address. Only addresses of this site count.
const PARAMETER = "next";

export function signInAddress(here: {
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}): string {
  const address = here.pathname + here.search + here.hash;
  return address === "/" ? "/sign-in" : `/sign-in?${PARAMETER}=${encodeURIComponent(address)}`;
}

export function returnAddress(search: string): string {
  const wanted = new URLSearchParams(search).get(PARAMETER);
  // "//host" and "/\host" would leave the site.
  return wanted && /^\/(?![/\\])/.test(wanted) ? wanted : "/";
}
