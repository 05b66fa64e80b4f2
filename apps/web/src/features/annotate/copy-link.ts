// The address of an annotation, to hand on.
import { t } from "../../words/words.ts";

/** Answers what to say. */
export async function copyLink(documentId: string, annotationId: string): Promise<string> {
  const link = `${location.origin}/documents/${documentId}?annotation=${annotationId}`;
  try {
    await navigator.clipboard.writeText(link);
    return t("inspector:linkCopied");
  } catch {
    // there is no clipboard over plain http, and it can be forbidden
    return t("inspector:noClipboard");
  }
}
