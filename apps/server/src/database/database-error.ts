// Why the database can't be used; the message is one line for whoever starts the server.

export class DatabaseError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message.replaceAll(/\s*\n\s*/g, " ").trim(), options);
    this.name = "DatabaseError";
  }
}

/** The message of whatever was thrown; a failed connection to several addresses has an empty one of its own. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(messageOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}

/** A database's address as it may be shown: without user, password and options. */
export function addressOf(url: string): string {
  if (!URL.canParse(url)) return "DATABASE_URL";
  const { host, pathname } = new URL(url);
  return `${host === "" ? "localhost" : host}${pathname}`;
}
