// The first few kilobytes of an export. The stream is dropped once they are here, so the server stops too.
import { useEffect, useState } from "react";
import { describeError, errorOfResponse, type ShownError } from "../../../apollo/error-message.ts";
import { type Export, exportAddress } from "./export-address.ts";
import { layOutJson } from "./lay-out-json.ts";

const PREVIEW_BYTES = 4096;

export interface ExportPreview {
  readonly text: string | null;
  readonly isCut: boolean;
  readonly error: ShownError | null;
  readonly retry: () => void;
}

async function readBeginning(
  address: string,
  signal: AbortSignal,
): Promise<{ text: string; isCut: boolean } | ShownError> {
  const response = await fetch(address, { signal });
  if (!response.ok || !response.body) return errorOfResponse(response);
  const reader = response.body.getReader();
  // Decoding as a stream holds back a character that is cut in two.
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    while (bytes < PREVIEW_BYTES) {
      const { value, done } = await reader.read();
      if (done) return { text, isCut: false };
      const part = value.subarray(0, PREVIEW_BYTES - bytes);
      bytes += part.length;
      text += decoder.decode(part, { stream: true });
    }
    return { text, isCut: true };
  } finally {
    await reader.cancel();
  }
}

export function useExportPreview(projectId: string, { format, leavesOutArchived }: Export): ExportPreview {
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<Omit<ExportPreview, "retry">>({ text: null, isCut: false, error: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` reads the same once more.
  useEffect(() => {
    const controller = new AbortController();
    setState({ text: null, isCut: false, error: null });
    readBeginning(exportAddress(projectId, { format, leavesOutArchived }), controller.signal).then(
      (read) => {
        if (controller.signal.aborted) return;
        if ("message" in read) setState({ text: null, isCut: false, error: read });
        else
          setState({
            text: format === "json" ? layOutJson(read.text) : read.text,
            isCut: read.isCut,
            error: null,
          });
      },
      (error: unknown) => {
        if (!controller.signal.aborted) setState({ text: null, isCut: false, error: describeError(error) });
      },
    );
    return () => controller.abort();
  }, [projectId, format, leavesOutArchived, attempt]);
  return { ...state, retry: () => setAttempt(attempt + 1) };
}
