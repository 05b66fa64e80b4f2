// The status word in the top bar. It is announced when something is wrong or right again, not at every tag. When
// something waits for a decision, it opens the list of that.
import { Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAlertTriangle, IconCheck, IconCloudUp, IconRefresh, IconWifiOff } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { useSocketState } from "../../apollo/socket-state.ts";
import { DecisionsDialog } from "./DecisionsDialog.tsx";
import { useOutbox } from "./outbox-context.ts";
import { type Status, statusOf } from "./status.ts";
import type { OpenedDocument } from "./useOpenDocument.ts";
import css from "./workbench.module.css";

const ICONS: Readonly<Record<Status["kind"], typeof IconCheck>> = {
  saved: IconCheck,
  saving: IconCloudUp,
  offline: IconWifiOff,
  reconnecting: IconRefresh,
  conflict: IconAlertTriangle,
  refused: IconAlertTriangle,
};

function subscribeOnline(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

export interface StatusWordProps extends Pick<OpenedDocument, "document" | "workbench"> {
  readonly onShow: (annotationId: string) => void;
}

export function StatusWord({ document, workbench, onShow }: StatusWordProps) {
  const { outbox } = useOutbox();
  const snapshot = useSyncExternalStore(outbox.subscribe, outbox.getSnapshot);
  const socket = useSocketState();
  const isOnline = useSyncExternalStore(subscribeOnline, () => navigator.onLine);
  const [isOpen, list] = useDisclosure(false);
  const status = statusOf({ ...snapshot, documentId: document.id, socket, isOnline });
  const Icon = ICONS[status.kind];
  const isQuiet = status.kind === "saved" || status.kind === "saving";
  const asks = status.kind === "conflict" || status.kind === "refused";
  const look = { className: css.status, "data-kind": status.kind };
  const word = (
    <>
      <Icon size={16} stroke={1.5} aria-hidden />
      {status.word}
    </>
  );
  return (
    <>
      {/* Around the button: what is inside one is its name only. */}
      <span role="status" aria-live={isQuiet ? "off" : "polite"}>
        <Tooltip label={status.explanation} multiline w={260}>
          {asks ? (
            <button type="button" {...look} onClick={list.open}>
              {word}
            </button>
          ) : (
            <span {...look}>{word}</span>
          )}
        </Tooltip>
      </span>
      <DecisionsDialog
        isOpen={isOpen}
        onClose={list.close}
        document={document}
        workbench={workbench}
        operations={snapshot.operations}
        onShow={(id) => {
          list.close();
          onShow(id);
        }}
      />
    </>
  );
}
