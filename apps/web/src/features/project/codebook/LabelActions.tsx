// What can be done with a label as a whole: merged, moved, put away, deleted.
import { useApolloClient } from "@apollo/client/react";
import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { describeError } from "../../../apollo/error-message.ts";
import { showNotice } from "../../../frame/notice.ts";
import { t } from "../../../words/words.ts";
import { type Label, placeLabel, saveLabel } from "./codebook-writes.ts";
import { DeleteLabelDialog } from "./DeleteLabelDialog.tsx";
import { type Step, stepTo } from "./label-tree.ts";
import { MergeDialog } from "./MergeDialog.tsx";

export interface LabelActionsProps {
  readonly projectId: string;
  readonly label: Label;
  readonly labels: readonly Label[];
}

export function LabelActions({ projectId, label, labels }: LabelActionsProps) {
  const client = useApolloClient();
  const [open, setOpen] = useState<"merge" | "delete" | null>(null);
  const inUse = labels.filter(({ archivedAt }) => archivedAt === null);
  const heirs = inUse.filter(({ id }) => id !== label.id);
  const isArchived = label.archivedAt !== null;

  // What the present state is does not matter: whoever says so last has it.
  const archive = (archived: boolean) =>
    saveLabel(client, projectId, label.id, (now) =>
      (now.archivedAt !== null) === archived ? null : { archived },
    );
  const run = async (act: () => Promise<unknown>) => {
    try {
      await act();
    } catch (error) {
      showNotice({ words: describeError(error).message, isProblem: true });
    }
  };
  const toggle = () =>
    run(async () => {
      await archive(!isArchived);
      showNotice({
        words: t(isArchived ? "codebook:menu.tookOut" : "codebook:menu.archived", { name: label.name }),
        undo: async () => {
          await archive(isArchived);
          return t(isArchived ? "codebook:menu.archived" : "codebook:menu.tookOut", { name: label.name });
        },
      });
    });
  const step = (to: Step) => {
    const place = stepTo(inUse, label.id, to);
    if (place !== null) void run(() => placeLabel(client, projectId, label.id, place));
  };
  const can = (to: Step) => stepTo(inUse, label.id, to) !== null;

  return (
    <>
      {!isArchived && (
        <Button size="xs" variant="subtle" disabled={heirs.length === 0} onClick={() => setOpen("merge")}>
          {t("codebook:menu.merge")}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t("codebook:menu.more", { name: label.name })}>
            <IconDots size={16} stroke={1.5} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={!can("up")} onClick={() => step("up")}>
            {t("codebook:menu.up")}
          </Menu.Item>
          <Menu.Item disabled={!can("down")} onClick={() => step("down")}>
            {t("codebook:menu.down")}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => void toggle()}>
            {isArchived ? t("codebook:menu.takeOut") : t("codebook:menu.archive")}
          </Menu.Item>
          <Menu.Item color="danger" onClick={() => setOpen("delete")}>
            {t("codebook:menu.delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === "merge" && (
        <MergeDialog projectId={projectId} label={label} heirs={heirs} onClose={() => setOpen(null)} />
      )}
      {open === "delete" && (
        <DeleteLabelDialog
          projectId={projectId}
          label={label}
          mayMerge={!isArchived && heirs.length > 0}
          onMerge={() => setOpen("merge")}
          onArchive={isArchived ? null : () => void toggle()}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}
