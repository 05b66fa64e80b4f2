// A download that tells how far it is and can be cancelled. The bytes are kept by the browser, on disk where they are
// many, and become a file at the end: a download that breaks off leaves no half file behind.
import { useEffect, useRef, useState } from "react";
import { describeError, errorOfResponse, type ShownError } from "../../../apollo/error-message.ts";
import { saveFile } from "../../../ui/save-file.ts";
import { fileNameIn } from "./export-report.ts";

interface Progress {
  readonly state: "idle" | "running" | "done" | "cancelled" | "failed";
  readonly bytes: number;
  readonly error: ShownError | null;
}

export interface Download extends Progress {
  /** `fallbackName` is what the file is called where the server gives no name. */
  readonly start: (path: string, fallbackName: string) => Promise<void>;
  readonly cancel: () => void;
}

const REPORT_EVERY_MS = 200;

export function useDownload(): Download {
  const [progress, setProgress] = useState<Progress>({ state: "idle", bytes: 0, error: null });
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);

  const start = async (path: string, fallbackName: string) => {
    const abort = new AbortController();
    controller.current = abort;
    const { signal } = abort;
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let bytes = 0;
    let reported = 0;
    setProgress({ state: "running", bytes, error: null });
    try {
      const response = await fetch(path, { signal });
      if (!response.ok || !response.body) {
        setProgress({ state: "failed", bytes, error: await errorOfResponse(response) });
        return;
      }
      const reader = response.body.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        parts.push(part.value);
        bytes += part.value.length;
        if (performance.now() - reported < REPORT_EVERY_MS) continue;
        reported = performance.now();
        setProgress({ state: "running", bytes, error: null });
      }
      saveFile(parts, fileNameIn(response.headers.get("Content-Disposition")) ?? fallbackName);
      setProgress({ state: "done", bytes, error: null });
    } catch (error) {
      const isCancelled = signal.aborted;
      setProgress({
        state: isCancelled ? "cancelled" : "failed",
        bytes,
        error: isCancelled ? null : describeError(error),
      });
    }
  };
  return { ...progress, start, cancel: () => controller.current?.abort() };
}
