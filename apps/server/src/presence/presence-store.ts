/** Who is at which document, in memory: the latest word of each tab, forgotten when it falls silent. */
import type { Fragment } from "@concord/core";

/** How long a tab is believed to be there after it was last heard of; ms. */
export const SILENCE = 10_000;

/** Tabs of a list: what is told of a document must not grow with the square of its readers. */
const MAX_LISTED = 50;

/** Tabs of one person at one document; the one that was heard longest ago gives way. */
const MAX_TABS = 10;

/** What one tab said last. */
export interface PresentTab {
  tabId: string;
  user: { id: string; name: string };
  reading: Fragment | null;
  selection: Fragment[];
  annotationId: string | null;
  editing: boolean;
}

/** Which tab of whom, and where. */
export interface TabPlace {
  documentId: string;
  personId: string;
  tabId: string;
}

/** What is told of a document: the tabs that changed last, the latest first, and how many there are in all. */
export interface PresenceList {
  documentId: string;
  tabs: PresentTab[];
  tabCount: number;
  personCount: number;
}

/** A person with several tabs or documents counts once; a document counts while somebody is at it. */
export interface PresenceCounts {
  people: number;
  documents: number;
}

export interface PresenceStore {
  /** Keeps a tab's latest word, for another 10 s. */
  put(documentId: string, tab: PresentTab): void;
  remove(place: TabPlace): void;
  /** All tabs of a person at a document. */
  tabsOf(documentId: string, personId: string): string[];
  /** Forgets who has fallen silent. */
  expire(): void;
  list(documentId: string): PresenceList;
  tabCount(documentId: string): number;
  /** Another number whenever the list is another one. */
  version(documentId: string): number;
  /** Everybody there is. */
  counts(): PresenceCounts;
}

interface Held {
  tab: PresentTab;
  /** The tab as text, to see whether anything is new. */
  said: string;
  /** Numbers the changes of all tabs. */
  changed: number;
  heardAt: number;
}

interface Room {
  /** By person and tab, in the order in which they were heard of last. */
  tabs: Map<string, Held>;
  version: number;
}

const keyOf = (personId: string, tabId: string) => `${personId} ${tabId}`;

/**
 * @param onChange called with a document whose list has changed
 * @param now ms
 */
export function createPresenceStore(
  onChange: (documentId: string) => void,
  now: () => number = () => performance.now(),
): PresenceStore {
  const rooms = new Map<string, Room>();
  let counter = 0;

  function changed(documentId: string, room: Room): void {
    room.version = ++counter;
    if (room.tabs.size === 0) rooms.delete(documentId);
    onChange(documentId);
  }

  function tabsIn(room: Room | undefined, personId: string): string[] {
    return [...(room?.tabs.values() ?? [])].flatMap(({ tab }) =>
      tab.user.id === personId ? [tab.tabId] : [],
    );
  }

  return {
    put(documentId, tab) {
      const room: Room = rooms.get(documentId) ?? { tabs: new Map(), version: 0 };
      rooms.set(documentId, room);
      const key = keyOf(tab.user.id, tab.tabId);
      const said = JSON.stringify(tab);
      const known = room.tabs.get(key);
      if (known === undefined) {
        const others = tabsIn(room, tab.user.id);
        const oldest = others[0];
        if (oldest !== undefined && others.length >= MAX_TABS) room.tabs.delete(keyOf(tab.user.id, oldest));
      }
      const isNew = known?.said !== said;
      room.tabs.delete(key);
      room.tabs.set(key, { tab, said, changed: isNew ? ++counter : known.changed, heardAt: now() });
      if (isNew) changed(documentId, room);
    },

    remove({ documentId, personId, tabId }) {
      const room = rooms.get(documentId);
      if (room?.tabs.delete(keyOf(personId, tabId)) === true) changed(documentId, room);
    },

    tabsOf: (documentId, personId) => tabsIn(rooms.get(documentId), personId),

    expire() {
      const before = now() - SILENCE;
      for (const [documentId, room] of rooms) {
        const count = room.tabs.size;
        for (const [key, { heardAt }] of room.tabs) {
          if (heardAt > before) break;
          room.tabs.delete(key);
        }
        if (room.tabs.size < count) changed(documentId, room);
      }
    },

    list(documentId) {
      const held = [...(rooms.get(documentId)?.tabs.values() ?? [])];
      const latest = held.sort((a, b) => b.changed - a.changed).slice(0, MAX_LISTED);
      return {
        documentId,
        tabs: latest.map(({ tab }) => tab),
        tabCount: held.length,
        personCount: new Set(held.map(({ tab }) => tab.user.id)).size,
      };
    },

    tabCount: (documentId) => rooms.get(documentId)?.tabs.size ?? 0,

    version: (documentId) => rooms.get(documentId)?.version ?? 0,

    counts() {
      const people = new Set<string>();
      for (const { tabs } of rooms.values()) for (const { tab } of tabs.values()) people.add(tab.user.id);
      return { people: people.size, documents: rooms.size };
    },
  };
}
