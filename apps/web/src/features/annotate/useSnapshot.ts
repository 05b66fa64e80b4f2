// A component's view of the store: renders again with every change to it.
import { useSyncExternalStore } from "react";
import type { Workbench, WorkbenchSnapshot } from "./model/workbench.ts";

export function useSnapshot(workbench: Workbench): WorkbenchSnapshot {
  return useSyncExternalStore(workbench.subscribe, workbench.getSnapshot);
}
