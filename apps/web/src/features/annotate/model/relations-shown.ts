// Relations as the person sees them: those the server has told of with one's own unanswered ones on top, without those
// whose end is gone. Pure.
import type { Person, Relation } from "./entities.ts";
import type { Operation } from "./operation.ts";

export function relationsShown(
  told: Iterable<Relation>,
  operations: readonly Operation[],
  viewer: Person,
  isThere: (annotationId: string) => boolean,
): Relation[] {
  const found = new Map([...told].map((relation) => [relation.id, relation]));
  for (const { command, at, state } of operations) {
    if (state === "refused") continue;
    if (command.kind === "createRelation") {
      const { id, typeId, sourceId, targetId } = command;
      found.set(id, { id, typeId, sourceId, targetId, createdBy: viewer, createdAt: at });
    } else if (command.kind === "deleteRelation") found.delete(command.id);
    else if (command.kind === "restoreRelation") found.set(command.id, command.base);
    else if (command.kind === "restoreAnnotation")
      for (const relation of command.relations) found.set(relation.id, relation);
  }
  return [...found.values()].filter(({ sourceId, targetId }) => isThere(sourceId) && isThere(targetId));
}
