// What the format leaves out, said before anybody relies on the file; quiet where that is nothing.
import { useState } from "react";
import { t } from "../../../words/words.ts";
import classes from "./ExportTab.module.css";
import type { ExportReport } from "./export-report.ts";

const FIRST = 6;

export function LeftOut({ report }: { readonly report: ExportReport }) {
  const [showsAll, setShowsAll] = useState(false);
  const { leftOut, leftOutCount } = report;
  if (leftOut.length === 0) return <p className={classes.complete}>{t("export:leftOut.nothing")}</p>;
  const shown = showsAll ? leftOut : leftOut.slice(0, FIRST);
  const hidden = leftOut.length - shown.length;
  return (
    <div className={classes.leftOut}>
      <h3>{t("export:leftOut.title")}</h3>
      <ul tabIndex={showsAll ? 0 : undefined} aria-label={t("export:leftOut.title")}>
        {shown.map((message) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
      {hidden > 0 && (
        <button type="button" className={classes.more} onClick={() => setShowsAll(true)}>
          {t("export:leftOut.more", { count: hidden })}
        </button>
      )}
      {showsAll && leftOutCount > leftOut.length && (
        <p>{t("export:leftOut.notNamed", { count: leftOutCount - leftOut.length })}</p>
      )}
    </div>
  );
}
