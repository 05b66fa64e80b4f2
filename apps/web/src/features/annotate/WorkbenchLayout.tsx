// The parts of the workbench side by side; under 900 px what stands beside the text becomes sheets over it.
import type { ReactNode } from "react";
import { t } from "../../words/words.ts";
import { GuidelinesPanel } from "./codebook/GuidelinesPanel.tsx";
import { SideSheet } from "./SideSheet.tsx";
import css from "./workbench.module.css";

/** What can be shown and put away; as `useDisclosure` gives it. */
export interface SidePart {
  readonly isShown: boolean;
  readonly close: () => void;
}

interface WorkbenchLayoutProps {
  readonly isNarrow: boolean;
  readonly projectId: string;
  readonly documents: SidePart & { readonly content: ReactNode };
  /** Always there on a wide page. */
  readonly inspector: SidePart & { readonly content: ReactNode };
  readonly guidelines: SidePart;
  /** The text with its bar. */
  readonly children: ReactNode;
}

export function WorkbenchLayout(props: WorkbenchLayoutProps) {
  const { isNarrow, projectId, documents, inspector, guidelines, children } = props;
  return (
    <>
      <div className={css.workbench} data-documents={documents.isShown && !isNarrow ? "shown" : "hidden"}>
        {!isNarrow && documents.isShown && (
          <nav className={css.documents} aria-label={t("page.documents")}>
            {documents.content}
          </nav>
        )}
        <main id="main" className={css.middle}>
          {children}
        </main>
        {!isNarrow && (
          <div className={css.side}>
            {guidelines.isShown && (
              <aside className={css.inspector} aria-label={t("guidelines:title")}>
                <GuidelinesPanel projectId={projectId} onClose={guidelines.close} />
              </aside>
            )}
            <aside className={css.inspector} aria-label={t("list:title")}>
              {inspector.content}
            </aside>
          </div>
        )}
      </div>
      {isNarrow && (
        <>
          <SideSheet
            isOpen={documents.isShown}
            onClose={documents.close}
            name={t("page.documents")}
            side="left"
          >
            {documents.content}
          </SideSheet>
          <SideSheet
            isOpen={inspector.isShown}
            onClose={inspector.close}
            name={t("list:title")}
            side="bottom"
          >
            {inspector.content}
          </SideSheet>
          <SideSheet
            isOpen={guidelines.isShown}
            onClose={guidelines.close}
            name={t("guidelines:title")}
            side="bottom"
          >
            <GuidelinesPanel projectId={projectId} />
          </SideSheet>
        </>
      )}
    </>
  );
}
