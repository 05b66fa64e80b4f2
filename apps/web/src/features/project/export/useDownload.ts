// A download that tells how far it is and can be cancelled. Where the browser lets a page write a file, the bytes go
// there as they come; elsewhere they are kept until the end.
import { useEffect, useRef, useState } from "react";
import { describeError, errorOfResponse, type ShownError } from "../../../apollo/error-message.ts";
import { type ExportFormat, exportAddress, exportFileName } from "./export-address.ts";

interface Progress {
  readonly state: "idle" | "running" | "done" | "cancelled" | "failed";
  readonly bytes: number;
  readonly error: ShownError | null;
}

export interface Download extends Progress {
  readonly start: (format: ExportFormat) => Promise<void>;
  readonly cancel: () => void;
}

const REPORT_EVERY_MS = 200;

/** Where bytes go: finished once, or dropped. */
interface Target {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  finish(): Promise<void>;
  drop(): Promise<void>;
}

interface SaveFilePicker {
  showSaveFilePicker(options: { suggestedName: string }): Promise<FileSystemFileHandle>;
}

const canPickFile = (scope: object): scope is SaveFilePicker => "showSaveFilePicker" in scope;

/** Null when the person closed the file dialog. */
async function openTarget(fileName: string): Promise<Target | null> {
  if (!canPickFile(window)) return memoryTarget(fileName);
  let handle: FileSystemFileHandle;
  try {
    handle = await window.showSaveFilePicker({ suggestedName: fileName });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return null;
    // Not allowed here, in a frame say: the other way works everywhere.
    return memoryTarget(fileName);
  }
  const file = await handle.createWritable();
  return { write: (bytes) => file.write(bytes), finish: () => file.close(), drop: () => file.abort() };
}

function memoryTarget(fileName: string): Target {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  return {
    write: async (bytes) => void parts.push(bytes),
    async finish() {
      const address = URL.createObjectURL(new Blob(parts));
      const link = document.createElement("a");
      link.href = address;
      link.download = fileName;
      link.click();
      // The browser has taken hold of the blob by the next task.
      setTimeout(() => URL.revokeObjectURL(address));
    },
    drop: async () => void parts.splice(0),
  };
}

export function useDownload(projectId: string, projectName: string): Download {
  const [progress, setProgress] = useState<Progress>({ state: "idle", bytes: 0, error: null });
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);

  const start = async (format: ExportFormat) => {
    const target = await openTarget(exportFileName(projectName, format));
    if (!target) return;
    const abort = new AbortController();
    controller.current = abort;
    const { signal } = abort;
    let bytes = 0;
    let reported = 0;
    setProgress({ state: "running", bytes, error: null });
    try {
      const response = await fetch(exportAddress(projectId, format), { signal });
      if (!response.ok || !response.body) {
        await target.drop();
        setProgress({ state: "failed", bytes, error: await errorOfResponse(response) });
        return;
      }
      const reader = response.body.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        await target.write(part.value);
        bytes += part.value.length;
        if (performance.now() - reported < REPORT_EVERY_MS) continue;
        reported = performance.now();
        setProgress({ state: "running", bytes, error: null });
      }
      await target.finish();
      setProgress({ state: "done", bytes, error: null });
    } catch (error) {
      await target.drop();
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
