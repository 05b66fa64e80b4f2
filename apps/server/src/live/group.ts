/**
 * Watchers who are owed the same bytes: a batch is made once and handed to all of them.
 *
 * A group has a place in its layer's log and moves on with it (the tail). Each member has a place of its own. Behind
 * the group's it reads on at the pace of its socket (replay); else it sleeps and is handed what the group makes. A
 * batch goes to a member only where it begins right after the member's place, so nothing is lost or repeated however
 * the two meet. Members at the same place share what replay makes, too.
 */
import type { ChangeBatch } from "./change.ts";
import type { Frame } from "./frames.ts";
import type { Hub, WatchRequest } from "./hub.ts";
import { createPacer } from "./pacer.ts";
import type { Receiver } from "./receiver.ts";

/**
 * Between two writes to one watcher, ms: long enough to share a write under load, short enough not to be felt. Writing to
 * many takes a while itself, so it is done less often; a limit keeps a crowd from being told late.
 */
const windowOf = (members: number) => Math.min(Math.max(24, members * 0.04), 100);

/** What members of a group have in common. */
export interface Share {
  /** Equal for those who get the same bytes. */
  key: string;
  /** Makes the message of a batch, or of what else is shared; null when it can't be shared under this key after all. */
  render(event: object): Promise<Frame | null>;
}

/** One subscription, as a group sees it. */
export interface Subscriber {
  /** Asked on entering a group, so again when one turned out not to be shared. */
  share(): Share;
  receiver: Receiver;
  /** Called once, however it ends. */
  onEnd(): void;
}

/** One subscription's life: never yields, since its messages go past whoever iterates it. */
export interface Membership extends AsyncIterableIterator<never> {
  return(): Promise<IteratorResult<never>>;
  /** Ends it with an error; nothing is handed over from then on. */
  fail(error: Error): void;
}

/** What was done so far. */
export interface GroupCounts {
  /** Batches made: executions, and serialisations. */
  made: number;
  /** Messages handed over. */
  delivered: number;
}

export interface Groups {
  /** The caller holds the layer at the hub until `onEnd`: there may be a moment between two groups. */
  follow(request: WatchRequest, subscriber: Subscriber): Membership;
  /** Groups there are. */
  size(): number;
  counts: Readonly<GroupCounts>;
}

interface Member {
  position: number;
  receiver: Receiver;
  /** Set while it sleeps at the tail. */
  wakeUp: (() => void) | null;
}

interface Page {
  frame: Frame;
  toRevision: number;
}

interface Group {
  /** The last revision handed to the tail. */
  position: number;
  members: Set<Member>;
  /** Of replays, under way, by the revision they start from; null as in `render`. */
  pages: Map<number, Promise<Page | null>>;
  /** Its members must look for another. */
  isOver: boolean;
  failure: Error | null;
  /** The next page of a replay. */
  page(after: number): Promise<Page | null>;
  end(): void;
}

function wake(member: Member): void {
  member.wakeUp?.();
  member.wakeUp = null;
}

/** Whether it was the member's to have; who stands amid the batch reads the rest of it. */
function handOver(member: Member, batch: ChangeBatch, frame: Frame): boolean {
  if (member.wakeUp === null) return false;
  if (member.position === batch.fromRevision - 1) {
    member.position = batch.toRevision;
    member.receiver.push(frame);
    return true;
  }
  if (member.position < batch.toRevision) wake(member);
  return false;
}

/** Groups over a hub, by key. */
export function createGroups(
  hub: Hub,
  pacer: (window: () => number) => () => Promise<void> = createPacer,
): Groups {
  const groups = new Map<string, Group>();
  const counts: GroupCounts = { made: 0, delivered: 0 };

  function open({ layerId, documentId }: WatchRequest, { key, render }: Share): Group {
    const position = hub.head(layerId);
    const members = new Set<Member>();
    const pace = pacer(() => windowOf(members.size));
    const tail = hub.watch({ layerId, documentId, afterRevision: position }, pace);
    const group: Group = {
      position,
      members,
      pages: new Map(),
      isOver: false,
      failure: null,
      page(after) {
        const underWay = group.pages.get(after);
        if (underWay !== undefined) return underWay;
        const making = makePage(after).finally(() => group.pages.delete(after));
        group.pages.set(after, making);
        return making;
      },
      end() {
        group.isOver = true;
        if (groups.get(key) === group) groups.delete(key);
        void tail.return?.();
        for (const member of group.members) wake(member);
      },
    };

    async function makePage(after: number): Promise<Page | null> {
      const batch = await hub.read({ layerId, documentId, afterRevision: after }, group.position);
      const frame = await render(batch);
      counts.made++;
      if (frame === null) group.end();
      return frame && { frame, toRevision: batch.toRevision };
    }

    async function run(): Promise<void> {
      for await (const batch of tail) {
        const frame = await render(batch);
        counts.made++;
        if (frame === null) return;
        group.position = batch.toRevision;
        for (const member of group.members) if (handOver(member, batch, frame)) counts.delivered++;
      }
    }

    void run()
      .catch((error: unknown) => {
        group.failure = error instanceof Error ? error : new Error(String(error));
      })
      .finally(group.end);
    groups.set(key, group);
    return group;
  }

  function follow(request: WatchRequest, subscriber: Subscriber): Membership {
    const { receiver } = subscriber;
    const member: Member = { position: request.afterRevision, receiver, wakeUp: null };
    let group: Group | null = null;
    let failure: Error | null = null;
    let ended = false;

    function enter(): Group {
      const share = subscriber.share();
      const entered = groups.get(share.key) ?? open(request, share);
      entered.members.add(member);
      return entered;
    }

    function leave(): void {
      if (group?.members.delete(member) && group.members.size === 0) group.end();
      group = null;
      wake(member);
    }

    function end(): void {
      if (ended) return;
      ended = true;
      leave();
      subscriber.onEnd();
    }

    const sleep = () =>
      new Promise<void>((resolve) => {
        member.wakeUp = resolve;
      });

    /** Reads on; a socket that is closing is left to whoever closes it. */
    async function replay(from: Group): Promise<void> {
      const page = await from.page(member.position);
      if (page === null || ended || failure) return;
      if (await receiver.send(page.frame)) {
        member.position = page.toRevision;
        counts.delivered++;
      } else if (!ended && !failure) await sleep();
    }

    async function next(): Promise<IteratorResult<never>> {
      try {
        while (!ended) {
          failure ??= group?.failure ?? null;
          if (failure) throw failure;
          if (group === null || group.isOver) group = enter();
          else if (member.position < group.position) await replay(group);
          else await sleep();
        }
        return { done: true, value: undefined };
      } catch (error) {
        end();
        throw error;
      }
    }

    return {
      next,
      async return() {
        end();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
      fail(error) {
        failure ??= error;
        leave();
      },
    };
  }

  return { follow, size: () => groups.size, counts };
}
