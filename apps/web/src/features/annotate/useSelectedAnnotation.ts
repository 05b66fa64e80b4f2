// Which annotation is selected, mirrored in the address (`?annotation=ID`) so that it can be shared, and followed when
// the address changes by itself: a link, back, forward.
import { useCallback, useEffect, useRef, useState } from "react";
import { useSearchParams } from "react-router";

export function useSelectedAnnotation(): [
  id: string | null,
  select: (id: string | null) => void,
  requestedId: string | null,
] {
  const [params, setParams] = useSearchParams();
  const inAddress = params.get("annotation");
  const [selectedId, setSelectedId] = useState(inAddress);
  const [requestedId, setRequestedId] = useState(inAddress);
  const written = useRef(inAddress);

  const select = useCallback(
    (id: string | null) => {
      written.current = id;
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
    [setParams],
  );

  useEffect(() => {
    if (inAddress === written.current) return;
    written.current = inAddress;
    setSelectedId(inAddress);
    setRequestedId(inAddress);
  }, [inAddress]);

  return [selectedId, select, requestedId];
}
