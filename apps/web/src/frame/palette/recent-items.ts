// What a person has lately chosen in the command palette, on this device and for this account; the latest first.

export interface RecentItem {
  readonly id: string;
  /** Set for documents, which the palette can't name without asking. */
  readonly document?: { readonly id: string; readonly title: string; readonly projectId: string };
}

const MOST = 40;

/** The list with an item put first. */
export function withRecent(items: readonly RecentItem[], item: RecentItem): RecentItem[] {
  return [item, ...items.filter(({ id }) => id !== item.id)].slice(0, MOST);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

function toRecentItem(value: unknown): RecentItem[] {
  if (!isRecord(value) || typeof value.id !== "string") return [];
  const { id, document } = value;
  if (!isRecord(document)) return [{ id }];
  return [
    {
      id,
      document: {
        id: String(document.id),
        title: String(document.title),
        projectId: String(document.projectId),
      },
    },
  ];
}

/** Whatever a store holds, as far as it makes sense. */
export function parseRecent(text: string | null): RecentItem[] {
  try {
    const value: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(value) ? value.flatMap(toRecentItem) : [];
  } catch {
    return [];
  }
}

const keyOf = (viewerId: string) => `concord:recent:${viewerId}`;

export function readRecent(viewerId: string): RecentItem[] {
  return parseRecent(localStorage.getItem(keyOf(viewerId)));
}

export function noteRecent(viewerId: string, item: RecentItem): void {
  try {
    localStorage.setItem(keyOf(viewerId), JSON.stringify(withRecent(readRecent(viewerId), item)));
  } catch (error) {
    // a full or forbidden store only means that nothing is recent
    if (!(error instanceof DOMException)) throw error;
  }
}
