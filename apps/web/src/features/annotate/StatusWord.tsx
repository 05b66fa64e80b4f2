// The status word in the top bar. It is announced when something is wrong or right again, not at every tag.
import { Tooltip } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconCloudUp, IconRefresh, IconWifiOff } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { useSocketState } from "../../apollo/socket-state.ts";
import type { Workbench } from "./model/workbench.ts";
import { type Status, statusOf } from "./status.ts";
import { useSnapshot } from "./useSnapshot.ts";
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

export function StatusWord({ workbench }: { readonly workbench: Workbench }) {
  const { operations, isReachable } = useSnapshot(workbench);
  const socket = useSocketState();
  const isOnline = useSyncExternalStore(subscribeOnline, () => navigator.onLine);
  const status = statusOf({ operations, isReachable, socket, isOnline });
  const Icon = ICONS[status.kind];
  const isQuiet = status.kind === "saved" || status.kind === "saving";
  return (
    <Tooltip label={status.explanation} multiline w={260}>
      <span className={css.status} data-kind={status.kind}>
        <Icon size={16} stroke={1.5} aria-hidden />
        <span role="status" aria-live={isQuiet ? "off" : "polite"}>
          {status.word}
        </span>
      </span>
    </Tooltip>
  );
}
