// The viewer's outbox, for what is below `OutboxGate`.
import { createContext, useContext } from "react";
import type { StartedOutbox } from "./start-outbox.ts";

export const OutboxContext = createContext<StartedOutbox | null>(null);

export function useOutbox(): StartedOutbox {
  const outbox = useContext(OutboxContext);
  if (outbox === null) throw new Error("useOutbox needs OutboxGate above it");
  return outbox;
}
