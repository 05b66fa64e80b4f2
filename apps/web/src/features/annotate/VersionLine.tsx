// Under the title of a corrected text: which version it is, the one before, and what had no place in it.
import { useQuery } from "@apollo/client/react";
import { Modal } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { NotCarriedList } from "../../frame/NotCarriedList.tsx";
import { t } from "../../words/words.ts";
import { NOT_CARRIED } from "./operations.ts";
import type { OpenDocument } from "./read-document.ts";
import { type VersionLink, versionNumber } from "./version-number.ts";
import css from "./workbench.module.css";

export interface VersionLineProps {
  readonly document: OpenDocument;
  readonly previous: VersionLink;
}

export function VersionLine({ document, previous }: VersionLineProps) {
  const [isOpen, setOpen] = useState(false);
  // An addition to the text: without an answer the line does without it.
  const { data } = useQuery(NOT_CARRIED, { variables: { id: document.id } });
  const notCarried = data?.document?.notCarried ?? [];
  const number = versionNumber(document);
  return (
    <>
      <p className={css.version}>
        {number === null ? t("workbench:version.later") : t("workbench:version.number", { number })} ·{" "}
        <Link to={`/documents/${previous.id}`}>{t("workbench:version.earlier")}</Link>
        {notCarried.length > 0 && (
          <>
            {" · "}
            <button type="button" onClick={() => setOpen(true)}>
              {t("workbench:version.notCarried", { count: notCarried.length })}
            </button>
          </>
        )}
      </p>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t("workbench:version.notCarriedTitle")}
        size={560}
      >
        <p className={css.versionHint}>{t("workbench:version.notCarriedHint")}</p>
        <NotCarriedList items={notCarried} previousId={previous.id} />
      </Modal>
    </>
  );
}
