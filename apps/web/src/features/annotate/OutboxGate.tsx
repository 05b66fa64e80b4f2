// Around every page of somebody who is signed in: their outbox, which sends what waits, whatever page is open, and tells
// where a change was refused that was made on another document than the one in front of them.
import { useApolloClient } from "@apollo/client/react";
import { useEffect, useState } from "react";
import { Outlet } from "react-router";
import { useSessionLost } from "../../apollo/session.ts";
import { useViewer } from "../../frame/viewer.ts";
import { OutboxContext } from "./outbox-context.ts";
import { type StartedOutbox, startOutbox } from "./start-outbox.ts";

export function OutboxGate() {
  const client = useApolloClient();
  const { id, name } = useViewer();
  const isLost = useSessionLost();
  const [started, setStarted] = useState<StartedOutbox | null>(null);
  useEffect(() => {
    const created = startOutbox(client, { id, name });
    setStarted(created);
    return created.dispose;
  }, [client, id, name]);
  useEffect(() => {
    if (!isLost) started?.wake();
  }, [isLost, started]);
  return (
    started !== null && (
      <OutboxContext value={started}>
        <Outlet />
      </OutboxContext>
    )
  );
}
