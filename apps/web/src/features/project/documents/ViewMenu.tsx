// Chooses which documents are listed.
import { Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { formatNumber } from "../../../ui/count.ts";
import { t } from "../../../words/words.ts";
import classes from "./DocumentsTab.module.css";
import { type DocumentView, viewFromParameter, viewName } from "./document-view.ts";

export interface ViewMenuProps {
  readonly view: DocumentView;
  readonly views: readonly DocumentView[];
  readonly counts: Readonly<Record<DocumentView, number>>;
  readonly onChange: (view: DocumentView) => void;
}

export function ViewMenu({ view, views, counts, onChange }: ViewMenuProps) {
  return (
    <Menu position="bottom-start" width={220} withinPortal={false}>
      <Menu.Target>
        <button
          type="button"
          className={classes.view}
          aria-label={t("documents:view.button", { shown: viewName[view] })}
        >
          {viewName[view]}
          <IconChevronDown size={14} stroke={1.75} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={view} onChange={(value) => onChange(viewFromParameter(value))}>
          {views.map((each) => (
            <Menu.RadioItem key={each} value={each} closeMenuOnClick>
              <span className={classes.viewItem}>
                {viewName[each]}
                <span>{formatNumber(counts[each])}</span>
              </span>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
