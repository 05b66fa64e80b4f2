// Does something when the person comes back to the page, from another tab or window: others may have changed things.
import { useEffect } from "react";
import { useLatest } from "../ui/useLatest.ts";

export function useOnReturn(run: () => void): void {
  const latest = useLatest(run);
  useEffect(() => {
    const whenShown = () => {
      if (document.visibilityState === "visible") latest();
    };
    addEventListener("focus", whenShown);
    document.addEventListener("visibilitychange", whenShown);
    return () => {
      removeEventListener("focus", whenShown);
      document.removeEventListener("visibilitychange", whenShown);
    };
  }, [latest]);
}
