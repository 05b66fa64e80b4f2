// Which annotation is selected, mirrored in the address (`?annotation=ID`) so that it can be shared, and followed when
// the address changes by itself: a link, back, forward.
import { useCallback, useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { createAddressEcho } from "./address-echo.ts";

export function useSelectedAnnotation(): [
  id: string | null,
  select: (id: string | null) => void,
  requestedId: string | null,
] {
  const [params, setParams] = useSearchParams();
  const inAddress = params.get("annotation");
  const [selectedId, setSelectedId] = useState(inAddress);
  const [requestedId, setRequestedId] = useState(inAddress);
  const [echo] = useState(() => createAddressEcho(inAddress));

  const select = useCallback(
    (id: string | null) => {
      echo.wrote(id);
      setSelectedId(id);
      setParams(
        (present) => {
          const next = new URLSearchParams(present);
          if (id === null) next.delete("annotation");
          else next.set("annotation", id);
          return next;
        },
        { replace: true, preventScrollReset: true },
      );
    },
    [setParams, echo],
  );

  useEffect(() => {
    if (!echo.isNews(inAddress)) return;
    setSelectedId(inAddress);
    setRequestedId(inAddress);
  }, [inAddress, echo]);

  return [selectedId, select, requestedId];
}
