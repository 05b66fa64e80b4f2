// In the document's header: how far the others are, and one's own state with the menu that changes it.
import { Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { StatusFaces } from "../../../frame/work-status/StatusFaces.tsx";
import { StatusMark } from "../../../frame/work-status/StatusMark.tsx";
import { statusName, WORK_STATUSES } from "../../../frame/work-status/work-status.ts";
import { Kbd } from "../../../ui/Kbd.tsx";
import { t } from "../../../words/words.ts";
import { KEY } from "../key-names.ts";
import css from "./StatusControl.module.css";
import type { MyStatus } from "./useMyStatus.ts";

export interface StatusControlProps {
  readonly status: MyStatus;
  readonly canSet: boolean;
  readonly hasSingleKeys: boolean;
}

export function StatusControl({ status, canSet, hasSingleKeys }: StatusControlProps) {
  const { mine, others, set } = status;
  return (
    <div className={css.status}>
      <StatusFaces statuses={others} />
      {canSet && mine !== null && (
        <Menu position="bottom-end" width={196}>
          <Menu.Target>
            <button
              type="button"
              className={css.button}
              aria-label={t("status:control.button", { status: statusName(mine) })}
            >
              <StatusMark status={mine} />
              {statusName(mine)}
              <IconChevronDown size={13} stroke={1.75} aria-hidden />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.RadioGroup
              value={mine}
              onChange={(value) => set(WORK_STATUSES.find((each) => each === value) ?? mine)}
            >
              {WORK_STATUSES.map((each) => (
                <Menu.RadioItem key={each} value={each} closeMenuOnClick>
                  <span className={css.item}>
                    <StatusMark status={each} />
                    {statusName(each)}
                    {each === "DONE" && hasSingleKeys && (
                      <span className={css.keys} aria-hidden>
                        <Kbd>{KEY.shift}</Kbd> <Kbd>D</Kbd>
                      </span>
                    )}
                  </span>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}
