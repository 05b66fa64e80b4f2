// The list's filter, mirrored in the address so that it can be shared, and followed when the address changes by itself: a
// link, back, forward. Typing shows at once; the address comes after it.
import { useDebouncedCallback } from "@mantine/hooks";
import { useCallback, useEffect, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { createAddressEcho } from "../address-echo.ts";
import { filterFrom, type ListFilter, withFilter } from "./list-filter.ts";

const ADDRESS_DELAY_MS = 200;

export function useListFilter(): [filter: ListFilter, setFilter: (filter: ListFilter) => void] {
  const [parameters, setParameters] = useSearchParams();
  const inAddress = JSON.stringify(filterFrom(parameters));
  const [filter, setState] = useState(() => filterFrom(parameters));
  const [echo] = useState(() => createAddressEcho(inAddress));
  const latest = useRef(parameters);
  useEffect(() => {
    latest.current = parameters;
  });

  const write = useDebouncedCallback((next: ListFilter) => {
    echo.wrote(JSON.stringify(next));
    setParameters((present) => withFilter(present, next), { replace: true, preventScrollReset: true });
  }, ADDRESS_DELAY_MS);
  const setFilter = useCallback(
    (next: ListFilter) => {
      setState(next);
      write(next);
    },
    [write],
  );
  useEffect(() => {
    if (!echo.isNews(inAddress)) return;
    write.cancel();
    setState(filterFrom(latest.current));
  }, [inAddress, echo, write]);

  return [filter, setFilter];
}
