// Looks again whether rights have changed under an open page: when the person comes back to it, after a refused change,
// and now and then. Nothing tells a page of another role; the end of access to a document comes by its subscription.
import { useEffect } from "react";
import { useRefusals } from "../apollo/refusals.ts";
import { useLatest } from "../ui/useLatest.ts";
import { useOnReturn } from "./useOnReturn.ts";

const EVERY_MS = 15_000;

export function useAccessWatch(look: () => void): void {
  const latest = useLatest(look);
  useOnReturn(latest);
  useRefusals(latest);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") latest();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [latest]);
}
