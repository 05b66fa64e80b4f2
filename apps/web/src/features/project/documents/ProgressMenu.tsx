// Chooses which documents are listed by how far people are with them.
import { Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { t } from "../../../words/words.ts";
import classes from "./DocumentsTab.module.css";
import {
  PROGRESS_FILTERS,
  type ProgressFilter,
  progressFilterName,
  progressFromParameter,
} from "./progress-filter.ts";

export interface ProgressMenuProps {
  readonly filter: ProgressFilter;
  readonly onChange: (filter: ProgressFilter) => void;
}

export function ProgressMenu({ filter, onChange }: ProgressMenuProps) {
  const shown = progressFilterName(filter);
  return (
    <Menu position="bottom-start" width={220} withinPortal={false}>
      <Menu.Target>
        <button
          type="button"
          className={classes.view}
          data-narrowed={filter !== "all" || undefined}
          aria-label={t("status:filter.button", { shown })}
        >
          {shown}
          <IconChevronDown size={14} stroke={1.75} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={filter} onChange={(value) => onChange(progressFromParameter(value))}>
          {PROGRESS_FILTERS.map((each) => (
            <Menu.RadioItem key={each} value={each} closeMenuOnClick>
              {progressFilterName(each)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
