/**
 * Those who are told who is at a document, by the same selection: a list is made once for all of them.
 *
 * The latest list wins. A member is handed the next one only when its socket has taken the last, so a slow reader skips
 * what is out of date and at most one list waits for it. Lists are whole, so a skipped one is no loss.
 */
import { setImmediate as othersTurn } from "node:timers/promises";
import type { Frame } from "../live/frames.ts";
import type { Membership, Share, Subscriber } from "../live/group.ts";
import { createPacer } from "../live/pacer.ts";
import type { PresenceStore } from "./presence-store.ts";

/** Between two lists, ms. */
const WINDOW = 100;

/** The same with many members, ms for each: a document costs a server at most some 500 messages a second. */
const WINDOW_PER_MEMBER = 2;

/** Members who are told in one breath: telling a thousand takes some 40 ms, for which live changes must not wait. */
const AT_ONCE = 50;

export interface Audiences {
  /** Tells the present list, and each later one that differs. */
  follow(documentId: string, subscriber: Subscriber): Membership;
  /** The list of a document is another one. */
  changed(documentId: string): void;
}

interface Member {
  subscriber: Subscriber;
  /** Null before and after. */
  audience: Audience | null;
  /** The one that was handed over last. */
  frame: Frame | null;
  isBusy: boolean;
  end(error: Error | null): void;
}

interface Audience {
  key: string;
  documentId: string;
  members: Set<Member>;
  frame: Frame | null;
  /** Of the list in the frame; below 0 before there is one. */
  version: number;
  isMaking: boolean;
  render: Share["render"];
  pace: () => Promise<void>;
}

/** The frame that a member is to have next; null when it has the latest. */
function owed({ audience, frame }: Member): Frame | null {
  return audience === null || audience.frame === frame ? null : audience.frame;
}

export function createAudiences(
  store: Pick<PresenceStore, "list" | "version">,
  pacer: (window: () => number) => () => Promise<void> = createPacer,
): Audiences {
  /** By document, then by what their members have in common. */
  const audiences = new Map<string, Map<string, Audience>>();

  function enter(documentId: string, member: Member): void {
    const { key, render } = member.subscriber.share();
    const ofDocument = audiences.get(documentId) ?? new Map<string, Audience>();
    const known = ofDocument.get(key);
    if (known) {
      known.members.add(member);
      member.audience = known;
      void deliver(member);
      return;
    }
    const members = new Set([member]);
    const pace = pacer(() => Math.max(WINDOW, members.size * WINDOW_PER_MEMBER));
    const audience = { key, documentId, members, frame: null, version: -1, isMaking: false, render, pace };
    audiences.set(documentId, ofDocument.set(key, audience));
    member.audience = audience;
    void refresh(audience);
  }

  function leave(member: Member): void {
    const { audience } = member;
    member.audience = null;
    if (!audience?.members.delete(member) || audience.members.size > 0) return;
    const ofDocument = audiences.get(audience.documentId);
    ofDocument?.delete(audience.key);
    if (ofDocument?.size === 0) audiences.delete(audience.documentId);
  }

  /** Takes all members out. */
  function dissolve({ members }: Audience): Member[] {
    const all = [...members];
    for (const member of all) leave(member);
    return all;
  }

  /** Hands over what the member does not have yet, and then what was made meanwhile. */
  async function deliver(member: Member): Promise<void> {
    if (member.isBusy) return;
    member.isBusy = true;
    for (let frame = owed(member); frame !== null; frame = owed(member)) {
      member.frame = frame;
      // A socket that is closing is left to whoever closes it.
      if (!(await member.subscriber.receiver.send(frame))) break;
    }
    member.isBusy = false;
  }

  /** Makes lists until the last one made is the present one. */
  async function refresh(audience: Audience): Promise<void> {
    if (audience.isMaking) return;
    audience.isMaking = true;
    const { documentId, members } = audience;
    try {
      while (members.size > 0 && audience.version !== store.version(documentId)) {
        await audience.pace();
        const version = store.version(documentId);
        const frame = await audience.render(store.list(documentId));
        // Not to be shared under this key after all: each looks for those it shares with now.
        if (frame === null) for (const member of dissolve(audience)) enter(documentId, member);
        audience.frame = frame;
        audience.version = version;
        let told = 0;
        for (const member of members) {
          void deliver(member);
          if (++told % AT_ONCE === 0) await othersTurn();
        }
      }
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      for (const member of dissolve(audience)) member.end(failure);
    } finally {
      audience.isMaking = false;
    }
  }

  return {
    follow(documentId, subscriber) {
      const { promise: over, resolve, reject } = Promise.withResolvers<void>();
      // Nobody may be waiting when it fails; who asks afterwards is told.
      over.catch(() => {});
      let isOver = false;
      const member: Member = {
        subscriber,
        audience: null,
        frame: null,
        isBusy: false,
        end(error) {
          if (isOver) return;
          isOver = true;
          leave(member);
          subscriber.onEnd();
          if (error) reject(error);
          else resolve();
        },
      };
      let hasEntered = false;
      return {
        async next() {
          if (!hasEntered && !isOver) {
            hasEntered = true;
            enter(documentId, member);
          }
          await over;
          return { done: true, value: undefined };
        },
        async return() {
          member.end(null);
          return { done: true, value: undefined };
        },
        [Symbol.asyncIterator]() {
          return this;
        },
        fail: member.end,
      };
    },

    changed(documentId) {
      for (const audience of audiences.get(documentId)?.values() ?? []) void refresh(audience);
    },
  };
}
