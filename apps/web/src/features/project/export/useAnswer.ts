// What the server answers at an address, read anew when the address changes. What was there before stays until then, so
// that nothing jumps, and says that it is old.
import { useEffect, useState } from "react";
import { describeError, errorOfResponse, type ShownError } from "../../../apollo/error-message.ts";

export interface Answer<Value> {
  /** Null until there is one. */
  readonly value: Value | null;
  /** It is of another address, or of a moment ago: the right one is on its way. */
  readonly isOld: boolean;
  readonly error: ShownError | null;
  readonly retry: () => void;
}

interface Known<Value> {
  readonly address: string;
  readonly value: Value | null;
  readonly error: ShownError | null;
}

/** `read` must not change between renders. An address that is null is not asked. */
export function useAnswer<Value>(
  address: string | null,
  read: (response: Response) => Promise<Value>,
): Answer<Value> {
  const [attempt, setAttempt] = useState(0);
  const [known, setKnown] = useState<Known<Value> | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks the same once more.
  useEffect(() => {
    if (address === null) return;
    const controller = new AbortController();
    const ask = async (): Promise<Known<Value>> => {
      const response = await fetch(address, { signal: controller.signal });
      return response.ok
        ? { address, value: await read(response), error: null }
        : { address, value: null, error: await errorOfResponse(response) };
    };
    const failed = (cause: unknown) => ({ address, value: null, error: describeError(cause) });
    void ask()
      .catch(failed)
      .then((next) => {
        if (!controller.signal.aborted) setKnown(next);
      });
    return () => controller.abort();
  }, [address, read, attempt]);
  const isOld = known?.address !== address;
  return {
    value: known?.value ?? null,
    isOld,
    error: isOld ? null : (known?.error ?? null),
    retry: () => {
      setKnown(null);
      setAttempt(attempt + 1);
    },
  };
}
