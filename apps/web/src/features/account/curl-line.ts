// A line for a terminal that shows a new access token at work.

/** The token is made of letters and digits, so it needs no escaping. */
export function curlLine(origin: string, secret: string): string {
  return [
    `curl ${origin}/graphql \\`,
    `  -H "Authorization: Bearer ${secret}" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '{"query":"{ viewer { name } }"}'`,
  ].join("\n");
}
