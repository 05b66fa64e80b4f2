// Tells who wants to know that the server has refused a change: what this page believes of rights and of what is archived
// may be out of date.
import { useEffect, useRef } from "react";

const listeners = new Set<() => void>();

export function noteRefusal(): void {
  for (const listener of listeners) listener();
}

/** Runs after each refused change while the component is there. */
export function useRefusals(run: () => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const listener = () => latest.current();
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, []);
}
