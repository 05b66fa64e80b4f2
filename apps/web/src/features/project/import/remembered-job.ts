// The job that a tab has begun, for the page after a reload.
export interface RememberedJob {
  readonly projectId: string;
  readonly fileName: string;
  readonly size: number;
  readonly jobId: string;
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const KEY = "concord.import";

export function rememberJob(store: Store, { projectId, fileName, size, jobId }: RememberedJob): void {
  store.setItem(KEY, JSON.stringify({ projectId, fileName, size, jobId }));
}

export function forgetJob(store: Store): void {
  store.removeItem(KEY);
}

/** Null when there is none, also where something else stands in its place. */
export function recallJob(store: Store): RememberedJob | null {
  try {
    const { projectId, fileName, size, jobId }: Record<string, unknown> = JSON.parse(
      store.getItem(KEY) ?? "{}",
    );
    const isJob =
      typeof projectId === "string" &&
      typeof fileName === "string" &&
      typeof size === "number" &&
      typeof jobId === "string";
    return isJob ? { projectId, fileName, size, jobId } : null;
  } catch {
    return null;
  }
}
