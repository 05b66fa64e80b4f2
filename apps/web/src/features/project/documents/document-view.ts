// Which of the project's documents are listed, as the address says: those in use, archived ones, deleted ones.
import { t } from "../../../words/words.ts";
export const DOCUMENT_VIEWS = ["inUse", "archived", "deleted"] as const;
export type DocumentView = (typeof DOCUMENT_VIEWS)[number];

export const viewName: Readonly<Record<DocumentView, string>> = {
  inUse: t("documents:view.inUse"),
  archived: t("documents:view.archived"),
  deleted: t("documents:view.deleted"),
};

export function viewFromParameter(parameter: string | null): DocumentView {
  return DOCUMENT_VIEWS.find((view) => view === parameter) ?? "inUse";
}

export function viewToParameter(view: DocumentView): string | null {
  return view === "inUse" ? null : view;
}
