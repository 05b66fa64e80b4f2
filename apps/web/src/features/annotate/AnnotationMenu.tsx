// What else can be done with the selected annotation.
import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconHighlight, IconLink } from "@tabler/icons-react";
import { t } from "../../words/words.ts";
import type { AnnotationDetailProps } from "./AnnotationDetail.tsx";

const ICON = { size: 15, stroke: 1.5, "aria-hidden": true } as const;

export function AnnotationMenu({ entry, rights, onCommand }: AnnotationDetailProps) {
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon aria-label={t("inspector:more")}>
          <IconDots size={16} stroke={1.5} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconLink {...ICON} />} onClick={() => onCommand("copyLink")}>
          {t("inspector:copyLink")}
        </Menu.Item>
        {rights.canAnnotate && entry.fragments.length === 1 && (
          <Menu.Item leftSection={<IconHighlight {...ICON} />} onClick={() => onCommand("markAll")}>
            {t("inspector:markAll")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
