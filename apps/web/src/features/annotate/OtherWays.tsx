// What can be done about a refused change besides trying again: another label, or bringing back what it needs.
import { Button, Menu } from "@mantine/core";
import { labelColorVar } from "../../theme/label-color.ts";
import { LetterBadge } from "../../ui/LetterBadge.tsx";
import { t } from "../../words/words.ts";
import type { ProblemNoticeProps } from "./ProblemNotice.tsx";

export function OtherWays({ operation, document, workbench }: Omit<ProblemNoticeProps, "labels">) {
  const { command, problem } = operation;
  if (problem?.field === "input.labelId") {
    const meant =
      "labelId" in command
        ? command.labelId
        : command.kind === "updateAnnotation"
          ? command.patch.labelId
          : null;
    const others = document.labels.filter(({ isArchived, id }) => !isArchived && id !== meant);
    return (
      <Menu position="bottom-start" width={220}>
        <Menu.Target>
          <Button size="xs" variant="default">
            {t("decisions:anotherLabel")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {others.map(({ id, name, letter, color }) => (
            <Menu.Item
              key={id}
              leftSection={<LetterBadge letter={letter} color={labelColorVar(color)} />}
              onClick={() => workbench.decide.withLabel(operation, id)}
            >
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    );
  }
  const gone =
    command.kind === "createRelation"
      ? [command.sourceId, command.targetId].find((id) => workbench.get(id) === undefined)
      : undefined;
  if (gone === undefined) return null;
  const quote = workbench.formOf(gone)?.quote;
  return (
    <Button size="xs" variant="default" onClick={() => workbench.decide.restoreEnd(operation, gone)}>
      {quote === undefined ? t("decisions:restoreEnd") : t("decisions:restoreEndNamed", { quote })}
    </Button>
  );
}
