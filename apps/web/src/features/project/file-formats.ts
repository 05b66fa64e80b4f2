// The formats that the server reads and writes, for the screens that offer them.
import { useEffect, useState } from "react";
import { describeError, errorOfResponse, type ShownError } from "../../apollo/error-message.ts";
import { isRecord, listOf } from "./json-shape.ts";

export interface FileFormat {
  /** Its name in addresses. */
  readonly id: string;
  /** As people call it. */
  readonly name: string;
  readonly reads: boolean;
  readonly writes: boolean;
  /** Written as several files, which travel as a zip. */
  readonly isBundle: boolean;
  /** Rows and columns. */
  readonly tables: boolean;
}

export type FormatGroup = "concord" | "tables" | "tools";

export const FORMAT_GROUPS: readonly FormatGroup[] = ["concord", "tables", "tools"];

/** Concord's own format is asked for by its two shapes. */
const OWN = "concord";
const OWN_SHAPES = ["json", "ndjson"] as const;

export function groupOf({ id, tables }: FileFormat): FormatGroup {
  if (OWN_SHAPES.some((shape) => shape === id)) return "concord";
  return tables ? "tables" : "tools";
}

/** What an export can be asked for, in the server's order. */
export function writtenFormats(formats: readonly FileFormat[]): FileFormat[] {
  return formats
    .filter(({ writes }) => writes)
    .flatMap((format) =>
      format.id === OWN ? OWN_SHAPES.map((id) => ({ ...format, id, name: id.toUpperCase() })) : [format],
    );
}

export function toFileFormats(value: unknown): FileFormat[] {
  return listOf(value).flatMap((each) =>
    isRecord(each) && typeof each.id === "string" && typeof each.name === "string"
      ? [
          {
            id: each.id,
            name: each.name,
            reads: each.reads === true,
            writes: each.writes === true,
            isBundle: each.isBundle === true,
            tables: each.tables === true,
          },
        ]
      : [],
  );
}

export interface FileFormats {
  /** Null until known. */
  readonly formats: readonly FileFormat[] | null;
  readonly error: ShownError | null;
  readonly retry: () => void;
}

/** They don't change while a server runs. */
let known: readonly FileFormat[] | null = null;

export function useFileFormats(): FileFormats {
  const [formats, setFormats] = useState(known);
  const [error, setError] = useState<ShownError | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks the same once more.
  useEffect(() => {
    if (known !== null) return;
    const controller = new AbortController();
    const read = async () => {
      const response = await fetch("/formats", { signal: controller.signal });
      if (!response.ok) return setError(await errorOfResponse(response));
      known = toFileFormats(await response.json());
      setFormats(known);
    };
    setError(null);
    read().catch((cause: unknown) => {
      if (!controller.signal.aborted) setError(describeError(cause));
    });
    return () => controller.abort();
  }, [attempt]);
  return { formats, error, retry: () => setAttempt(attempt + 1) };
}
