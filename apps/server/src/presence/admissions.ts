/**
 * Who may say where they are: asked of the database when a person comes to a document, and afterwards by the sweep that
 * also guards subscriptions, so that a sign of life every few seconds costs no query.
 */
import type { AccessGuard } from "../live/access-guard.ts";
import { SILENCE } from "./presence-store.ts";

/** Somebody who may read a document. */
export interface Admission {
  /** Of the document's text, in code points; texts never change. */
  length: number;
}

export interface Admissions {
  /** Null when it has to be asked. */
  find(documentId: string, personId: string): Admission | null;
  add(documentId: string, personId: string, length: number): Admission;
  /** Forgets those who have fallen silent. */
  expire(): void;
  dispose(): void;
}

interface Kept extends Admission {
  usedAt: number;
  release(): void;
}

/** @param onRefused called when somebody may not read a document any more */
export function createAdmissions(
  guard: AccessGuard,
  onRefused: (documentId: string, personId: string) => void,
): Admissions {
  const kept = new Map<string, Kept>();

  function forget(key: string): void {
    kept.get(key)?.release();
    kept.delete(key);
  }

  return {
    find(documentId, personId) {
      const admission = kept.get(`${documentId} ${personId}`);
      if (admission === undefined) return null;
      admission.usedAt = performance.now();
      return admission;
    },

    add(documentId, personId, length) {
      const key = `${documentId} ${personId}`;
      forget(key);
      const release = guard.hold({ documentId, personId }, () => {
        forget(key);
        onRefused(documentId, personId);
      });
      const admission = { length, usedAt: performance.now(), release };
      kept.set(key, admission);
      return admission;
    },

    expire() {
      const before = performance.now() - SILENCE;
      for (const [key, { usedAt }] of kept) if (usedAt <= before) forget(key);
    },

    dispose() {
      for (const key of [...kept.keys()]) forget(key);
    },
  };
}
