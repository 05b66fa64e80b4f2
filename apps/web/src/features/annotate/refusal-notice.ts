// Tells, on whatever page one is, that changes made on another document were refused, and leads there.
import { showNotice } from "../../frame/notice.ts";
import { t } from "../../words/words.ts";
import { isConflict, refusedOnes } from "./model/conflict.ts";
import type { Outbox } from "./model/outbox.ts";

export function tellOfRefusals(outbox: Outbox) {
  const open = new Map<string, number>();
  /** Each is told once. */
  const told = new Set<string>();

  function look(): void {
    const elsewhere = refusedOnes(outbox.getSnapshot().operations).filter(
      ({ document }) => !open.has(document.id),
    );
    const news = elsewhere.filter(({ clientMutationId }) => !told.has(clientMutationId));
    const last = news.at(-1);
    if (last === undefined) return;
    for (const { clientMutationId } of news) told.add(clientMutationId);
    const { id, title } = last.document;
    const count = elsewhere.filter(({ document }) => document.id === id).length;
    const why = isConflict(last) ? t("decisions:notice.conflict") : (last.problem?.message ?? "");
    showNotice({
      words:
        title === ""
          ? t("decisions:notice.untitled", { count, why })
          : t("decisions:notice.words", { count, title, why }),
      link: { label: t("decisions:open"), to: `/documents/${id}` },
      isProblem: true,
    });
  }

  const stop = outbox.subscribe(look);
  return {
    look,
    showsItself(documentId: string) {
      open.set(documentId, (open.get(documentId) ?? 0) + 1);
      return () => {
        const count = (open.get(documentId) ?? 1) - 1;
        if (count > 0) open.set(documentId, count);
        else open.delete(documentId);
      };
    },
    dispose: stop,
  };
}
