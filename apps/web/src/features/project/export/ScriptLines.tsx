// The same file for a script: lines for a terminal. Folded away, since most people never need it.
import { Collapse } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useState } from "react";
import { Trans } from "react-i18next";
import { Link } from "react-router";
import { CopyField } from "../../../ui/CopyField.tsx";
import { t } from "../../../words/words.ts";
import tab from "../tab.module.css";
import classes from "./ExportTab.module.css";
import { commandLineOf, curlLineOf } from "./export-choice.ts";

export interface ScriptLinesProps {
  readonly path: string;
  /** What the command line is to call the file; curl takes the server's name. */
  readonly fileName: string;
}

export function ScriptLines({ path, fileName }: ScriptLinesProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <section className={`${tab.section} ${classes.wide}`} aria-labelledby="scripts">
      <h2 id="scripts">
        <button
          type="button"
          className={classes.fold}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <IconChevronRight size={14} stroke={1.5} aria-hidden />
          {t("export:script.title")}
        </button>
      </h2>
      <Collapse expanded={isOpen}>
        <div className={classes.script}>
          <CopyField
            label={t("export:script.curl")}
            value={curlLineOf(window.location.origin, path)}
            lines="code"
          />
          <CopyField
            label={t("export:script.command")}
            value={commandLineOf(window.location.origin, path, fileName)}
            lines="code"
          />
          <p className={tab.note}>
            <Trans
              t={t}
              i18nKey="export:script.token"
              components={{ account: <Link to="/account" />, code: <code /> }}
            />
          </p>
        </div>
      </Collapse>
    </section>
  );
}
