// What can be done with one document of the table.
import { useApolloClient } from "@apollo/client/react";
import { ActionIcon, Menu } from "@mantine/core";
import {
  IconArchive,
  IconArchiveOff,
  IconDots,
  IconPencil,
  IconTextPlus,
  IconTrash,
} from "@tabler/icons-react";
import { describeError } from "../../../apollo/error-message.ts";
import { setDocumentArchived } from "../../../frame/life.ts";
import { showNotice } from "../../../frame/notice.ts";
import type { DocumentRow_DocumentFragment } from "../../../gql/graphql.ts";
import { t } from "../../../words/words.ts";

export type RowDialog = "edit" | "version" | "delete";

export interface RowMenuProps {
  readonly document: DocumentRow_DocumentFragment;
  readonly isArchived: boolean;
  readonly onOpen: (dialog: RowDialog) => void;
}

const ICON = { size: 16, stroke: 1.5 } as const;

export function RowMenu({ document: { id, title }, isArchived, onOpen }: RowMenuProps) {
  const client = useApolloClient();
  const setArchived = async (archived: boolean): Promise<string> => {
    await setDocumentArchived(client, id, archived);
    return t(archived ? "documents:menu.archived" : "documents:menu.inUseAgain", { title });
  };
  const change = async () => {
    try {
      showNotice({ words: await setArchived(!isArchived), undo: () => setArchived(isArchived) });
    } catch (error) {
      showNotice({ words: describeError(error).message, isProblem: true });
    }
  };
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon aria-label={t("documents:menu.more", { title })}>
          <IconDots {...ICON} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {!isArchived && (
          <>
            <Menu.Item leftSection={<IconPencil {...ICON} />} onClick={() => onOpen("edit")}>
              {t("documents:menu.edit")}
            </Menu.Item>
            <Menu.Item leftSection={<IconTextPlus {...ICON} />} onClick={() => onOpen("version")}>
              {t("documents:menu.newVersion")}
            </Menu.Item>
          </>
        )}
        <Menu.Item
          leftSection={isArchived ? <IconArchiveOff {...ICON} /> : <IconArchive {...ICON} />}
          onClick={() => void change()}
        >
          {t(isArchived ? "documents:menu.takeOut" : "documents:menu.archive")}
        </Menu.Item>
        <Menu.Item
          color="var(--danger)"
          leftSection={<IconTrash {...ICON} />}
          onClick={() => onOpen("delete")}
        >
          {t("documents:menu.delete")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
