// A function that stays the same between renders and does what the last render said: for memoised children.
import { useCallback, useLayoutEffect, useRef } from "react";

export function useLatest<Args extends readonly unknown[], Result>(
  run: (...args: Args) => Result,
): (...args: Args) => Result {
  const latest = useRef(run);
  useLayoutEffect(() => {
    latest.current = run;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
}
