// What a person can answer to a refused change: theirs or mine, again, otherwise, or not at all.
import { v7 as uuidv7 } from "uuid";
import { giveUp, putOnTop, type Question, questionOf, restoreWithMine, sayAnyway } from "./conflict.ts";
import { annotationIdOf, type Operation } from "./operation.ts";
import type { Edit } from "./outbox.ts";
import type { ServerState } from "./server-state.ts";
import type { Timeline } from "./timeline.ts";
import { commentBefore, fieldsBefore } from "./undo.ts";

export interface DecisionOptions {
  readonly server: ServerState;
  readonly operations: () => readonly Operation[];
  readonly edit: (edit: Edit) => void;
  readonly timeline: Timeline;
}

const asWaiting = (operation: Operation): Operation => ({ ...operation, state: "waiting", problem: null });

export function createDecisions({ server, operations, edit, timeline }: DecisionOptions) {
  const question = (refused: Operation): Question =>
    questionOf(operations(), refused, {
      annotation: server.annotation(annotationIdOf(refused.command) ?? ""),
      comment: server.comment(refused.command.id),
    });

  /** Carries an answer out; the acts that it changes are taken back as what they are now. */
  function carryOut(answer: Edit): void {
    const touched = [...(answer.remove ?? []), ...(answer.save ?? [])];
    timeline.forget(new Set(touched.map(({ clientMutationId }) => clientMutationId)));
    edit(answer);
    for (const { command, clientMutationId: of } of answer.save ?? []) {
      if (command.kind === "restoreAnnotation" && command.base !== null)
        timeline.did({ kind: "delete", id: command.id, left: command.base, of });
      if (command.kind === "deleteAnnotation" && command.base !== null)
        timeline.did({ kind: "restore", id: command.id, left: command.base, relations: [], of });
      if (command.kind === "createAnnotation")
        timeline.did({ kind: "delete", id: command.id, left: { ...command, attributes: {}, note: "" }, of });
      if (command.kind === "createRelation") timeline.did({ kind: "unlink", id: command.id, of });
      if (command.kind === "createComment") timeline.did({ kind: "unsay", id: command.id, of });
      if (command.kind === "updateComment") {
        const { id, patch, base } = command;
        timeline.did({ kind: "changeComment", id, patch: commentBefore(base, patch), from: patch, of });
      }
      if (command.kind === "updateAnnotation" && command.base !== null) {
        const { id, patch, base } = command;
        timeline.did({ kind: "update", id, patch: fieldsBefore(base, patch), from: patch, of });
      }
    }
  }

  return {
    question,
    /** What is lost when it is given up, itself included. */
    lostWith: (refused: Operation) => giveUp(operations(), refused).remove ?? [],
    /** Sends it once more as it is: what stood against it may have gone. */
    tryAgain: (refused: Operation) => edit({ save: [asWaiting(refused)] }),
    giveUp: (refused: Operation) => carryOut(giveUp(operations(), refused)),
    putOnTop(refused: Operation) {
      const asked = question(refused);
      if (asked.kind === "changed") carryOut(putOnTop(operations(), asked));
    },
    restoreWithMine(refused: Operation) {
      const asked = question(refused);
      if (asked.kind === "deleted") carryOut(restoreWithMine(operations(), asked, uuidv7));
    },
    sayAnyway(refused: Operation) {
      const asked = question(refused);
      const base = server.deleted(annotationIdOf(refused.command) ?? "") ?? null;
      if (asked.kind === "unheard") carryOut(sayAnyway(asked, base, uuidv7));
    },
    /** The same with another label, where the one that was meant is no longer offered or does not fit. */
    withLabel(refused: Operation, labelId: string) {
      const { command } = refused;
      const waiting = asWaiting(refused);
      if (command.kind === "createAnnotation")
        carryOut({ save: [{ ...waiting, command: { ...command, labelId } }] });
      if (command.kind === "updateAnnotation") {
        const patch = { ...command.patch, labelId };
        carryOut({ save: [{ ...waiting, command: { ...command, patch } }] });
      }
    },
    /** Brings back the deleted end of a relation, then makes the relation. */
    restoreEnd(refused: Operation, annotationId: string) {
      const id = uuidv7();
      const base = server.deleted(annotationId) ?? null;
      const waiting = asWaiting(refused);
      carryOut({
        save: [
          {
            ...waiting,
            clientMutationId: id,
            command: { kind: "restoreAnnotation", id: annotationId, base, relations: [] },
          },
          { ...waiting, order: `${refused.order}~` },
        ],
      });
    },
  };
}
