// What can be done with all the picked annotations at once: another label, a relation to one other, deletion. Each is one
// act that one undo takes back; what may not be changed stays, and that is said by name.
import { Button, Menu } from "@mantine/core";
import { useState } from "react";
import { labelColorVar } from "../../../theme/label-color.ts";
import { ConfirmDialog } from "../../../ui/ConfirmDialog.tsx";
import { LetterBadge } from "../../../ui/LetterBadge.tsx";
import { t } from "../../../words/words.ts";
import type { AnnotationsPanelProps } from "../AnnotationsPanel.tsx";
import type { Label } from "../model/entities.ts";
import type { Entry } from "../model/entries.ts";
import { BulkRelateDialog } from "./BulkRelateDialog.tsx";
import css from "./list.module.css";
import { refusedInWords, sortByRight } from "./picks.ts";

export interface BulkBarProps
  extends Pick<AnnotationsPanelProps, "document" | "workbench" | "rights" | "labels" | "inText"> {
  readonly picked: readonly Entry[];
  /** How many the list shows: as many as the filter lets through. */
  readonly listed: number;
  readonly onPickAll: () => void;
  readonly onPickNone: () => void;
  /** Said when something was done; ends the picking. */
  readonly onDone: (words: string) => void;
  readonly onSay: (words: string) => void;
}

export function BulkBar(props: BulkBarProps) {
  const { document, workbench, rights, picked, listed, onPickAll, onPickNone, onDone, onSay } = props;
  const [asks, setAsks] = useState<"delete" | "relate" | null>(null);
  const { allowed, refused } = sortByRight(picked, rights);
  const stays = refusedInWords(refused);
  const isNone = allowed.length === 0;
  const withRefused = (words: string) => (stays === null ? words : `${words} ${stays}`);

  const relabel = (label: Label) => {
    if (isNone) {
      onSay(stays ?? "");
      return;
    }
    workbench.asOneAct(() => {
      for (const { id } of allowed) workbench.update(id, { labelId: label.id });
    });
    onDone(withRefused(t("list:bulk.relabelled", { count: allowed.length, label: label.name })));
  };
  const remove = () => {
    workbench.asOneAct(() => {
      for (const { id } of allowed) workbench.remove(id);
    });
    setAsks(null);
    onDone(withRefused(t("list:bulk.deleted", { count: allowed.length })));
  };

  return (
    <div className={css.bulk} role="toolbar" aria-label={t("list:bulk.title")}>
      <p role="status">
        {t("list:bulk.picked", { picked: picked.length, all: listed })}
        {stays !== null && `. ${stays}`}
      </p>
      <Button
        size="xs"
        variant="subtle"
        onClick={() => (picked.length < listed ? onPickAll() : onPickNone())}
      >
        {picked.length < listed ? t("list:bulk.all", { count: listed }) : t("list:bulk.none")}
      </Button>
      <Menu position="top-start" width={220}>
        <Menu.Target>
          <Button size="xs" variant="default" disabled={isNone}>
            {t("list:bulk.label")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {document.labels
            .filter((label) => !label.isArchived)
            .map((label) => (
              <Menu.Item
                key={label.id}
                leftSection={<LetterBadge letter={label.letter} color={labelColorVar(label.color)} />}
                onClick={() => relabel(label)}
              >
                {label.name}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      <Button size="xs" variant="default" disabled={picked.length === 0} onClick={() => setAsks("relate")}>
        {t("list:bulk.relate")}
      </Button>
      <Button size="xs" variant="default" color="danger" disabled={isNone} onClick={() => setAsks("delete")}>
        {t("list:bulk.delete")}
      </Button>
      {asks === "delete" && (
        <ConfirmDialog
          title={t("list:bulk.deleteTitle", { count: allowed.length })}
          confirmLabel={t("list:bulk.deleteCount", { count: allowed.length })}
          onConfirm={remove}
          onClose={() => setAsks(null)}
        >
          {withRefused(t("list:bulk.deleteWords"))}
        </ConfirmDialog>
      )}
      {asks === "relate" && (
        <BulkRelateDialog
          {...props}
          onDone={(words) => {
            setAsks(null);
            onDone(words);
          }}
          onClose={() => setAsks(null)}
        />
      )}
    </div>
  );
}
