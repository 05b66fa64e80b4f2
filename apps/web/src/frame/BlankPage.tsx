// The frame without anything in it: while the first answer is on its way, or around a message of its own.
import type { ReactNode } from "react";
import { Link } from "react-router";
import { t } from "../words/words.ts";
import classes from "./TopBar.module.css";

export function BlankPage({ children }: { readonly children?: ReactNode }) {
  return (
    <>
      <header className={classes.bar}>
        <Link to="/" className={classes.mark}>
          {t("product")}
        </Link>
      </header>
      <main id="main" className={classes.alone}>
        {children}
      </main>
    </>
  );
}
