/** GraphiQL's own names for what it keeps. */
const QUERY = "graphiql:query";
const TABS = "graphiql:tabState";

function isEmptyTabs(stored: string): boolean {
  try {
    const { tabs }: { tabs?: unknown } = JSON.parse(stored);
    return (
      !Array.isArray(tabs) ||
      tabs.every(({ query }: { query?: unknown }) => (query ?? "").toString().trim() === "")
    );
  } catch {
    return true;
  }
}

/** Forgets an empty editor, which it keeps too when its page is left while it starts: the first query shows instead. */
export function forgetEmptyEditor(storage: Storage): void {
  if ((storage.getItem(QUERY) ?? "").trim() !== "" || !isEmptyTabs(storage.getItem(TABS) ?? "")) return;
  storage.removeItem(QUERY);
  storage.removeItem(TABS);
}
