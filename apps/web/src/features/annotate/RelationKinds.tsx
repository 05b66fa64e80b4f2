// The kinds of relation that a drawn line may become, where the line ended. Escape or a press elsewhere draws nothing.
import { Menu } from "@mantine/core";
import { t } from "../../words/words.ts";
import { arrowOf, type DrawnChoice } from "./useDrawnRelation.ts";
import css from "./workbench.module.css";

export function RelationKinds({
  choice,
  onClose,
}: {
  readonly choice: DrawnChoice;
  readonly onClose: () => void;
}) {
  const { options, at, choose } = choice;
  return (
    <Menu opened onChange={(isOpen) => !isOpen && onClose()} position="bottom-start" returnFocus>
      <Menu.Target>
        <span className={css.drawnEnd} style={{ left: at.x, top: at.y }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={t("relations:drawn.kinds")}>
        {options.map((option) => (
          <Menu.Item key={`${arrowOf(option)}${option.type.id}`} onClick={() => choose(option)}>
            {arrowOf(option)} {option.type.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
