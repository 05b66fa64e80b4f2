/** Ends what was opened for people who could read a document then and may not any more. Asked again on every sweep. */
import type { Database } from "../database/database.ts";
import { forbidden, notFound } from "../errors.ts";

/** Somebody's right to read a document. */
export interface ReadingRight {
  documentId: string;
  personId: string;
}

export interface AccessGuard {
  /**
   * Watches over a right from now on, until the answer is called.
   * @param onRefused called when the right has ended, maybe repeatedly
   */
  hold(right: ReadingRight, onRefused: (error: Error) => void): () => void;
  /** Asks for every right that is held. */
  check(): Promise<void>;
}

interface Held {
  right: ReadingRight;
  onRefused: (error: Error) => void;
}

const nameOf = ({ documentId, personId }: ReadingRight) => `${documentId} ${personId}`;

export function createAccessGuard({ prisma }: Database): AccessGuard {
  const held = new Set<Held>();

  return {
    hold(right, onRefused) {
      const entry = { right, onRefused };
      held.add(entry);
      return () => void held.delete(entry);
    },

    async check() {
      if (held.size === 0) return;
      // Asked before the query: who comes later was let in later.
      const byRight = Map.groupBy(held, ({ right }) => nameOf(right));
      const asked = [...byRight.values()].flatMap(([first]) => (first ? [first.right] : []));
      const lost = await prisma.$queryRaw<(ReadingRight & { exists: boolean })[]>`
        select w.document_id as "documentId", w.person_id as "personId",
          (d.id is not null and p.id is not null) as exists
        from unnest(${asked.map((it) => it.documentId)}::uuid[], ${asked.map((it) => it.personId)}::uuid[]) as w(document_id, person_id)
        left join document d on d.id = w.document_id and d.deleted_at is null
        left join project p on p.id = d.project_id and p.deleted_at is null
        left join membership m on m.project_id = d.project_id and m.person_id = w.person_id
        where d.id is null or p.id is null or m.person_id is null`;
      for (const right of lost) {
        for (const { onRefused } of byRight.get(nameOf(right)) ?? [])
          onRefused(
            right.exists ? forbidden("You are no longer a member of this project.") : notFound("document"),
          );
      }
    },
  };
}
