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
    return archived ? `“${title}” is archived.` : `“${title}” is in use again.`;
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
        <ActionIcon aria-label={`More about “${title}”`}>
          <IconDots {...ICON} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {!isArchived && (
          <>
            <Menu.Item leftSection={<IconPencil {...ICON} />} onClick={() => onOpen("edit")}>
              Edit details
            </Menu.Item>
            <Menu.Item leftSection={<IconTextPlus {...ICON} />} onClick={() => onOpen("version")}>
              New version
            </Menu.Item>
          </>
        )}
        <Menu.Item
          leftSection={isArchived ? <IconArchiveOff {...ICON} /> : <IconArchive {...ICON} />}
          onClick={() => void change()}
        >
          {isArchived ? "Take out of the archive" : "Archive"}
        </Menu.Item>
        <Menu.Item
          color="var(--danger)"
          leftSection={<IconTrash {...ICON} />}
          onClick={() => onOpen("delete")}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
