// Who is at a document, as a test sees it.
import type { Client } from "graphql-ws";

export interface SeenTab {
  tabId: string;
  user: { id: string; name: string };
  reading: { start: number; end: number } | null;
  selection: { start: number; end: number }[];
  annotationId: string | null;
  editing: boolean;
}

export interface SeenPresence {
  documentId: string;
  tabs: SeenTab[];
  tabCount: number;
  personCount: number;
}

/** A watch of who is at a document. */
export interface PresenceWatch {
  /** All that came, in order. */
  lists: SeenPresence[];
  /** Settles when the server ended it: null for a plain end, else what it said. */
  ended: Promise<unknown>;
  stop(): void;
}

const SELECTION =
  "documentId tabs { tabId user { id name imported } reading { start end } selection { start end } annotationId editing } tabCount personCount";

export function watchPresence(client: Client, documentId: string, selection = SELECTION): PresenceWatch {
  const lists: SeenPresence[] = [];
  const { promise: ended, resolve: end } = Promise.withResolvers<unknown>();
  const stop = client.subscribe<{ documentPresence: SeenPresence }>(
    {
      query: `subscription ($d: ID!) { documentPresence(documentId: $d) { ${selection} } }`,
      variables: { d: documentId },
    },
    {
      next({ data, errors }) {
        if (errors) end(errors);
        if (data) lists.push(data.documentPresence);
      },
      error: end,
      complete: () => end(null),
    },
  );
  return { lists, ended, stop };
}
