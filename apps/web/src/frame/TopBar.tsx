// The bar on top of every page: where one is, the status word, who is here, and the account.
import { IconChevronLeft } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { t } from "../words/words.ts";
import { AccountMenu } from "./AccountMenu.tsx";
import classes from "./TopBar.module.css";

export interface Crumb {
  readonly label: string;
  /** Absent for the page one is on. */
  readonly to?: string;
}

export interface TopBarProps {
  /** From the outermost; the wordmark leads to the projects already. */
  readonly crumbs?: readonly Crumb[];
  /** The status word. */
  readonly status?: ReactNode;
  /** Beside the account: faces. */
  readonly right?: ReactNode;
  /** The command palette, where there is one. */
  readonly palette?: ReactNode;
}

export function TopBar({ crumbs = [], status, right, palette }: TopBarProps) {
  const parent = crumbs.findLast(({ to }) => to !== undefined);
  return (
    <header className={classes.bar}>
      <Link to="/" className={classes.mark} data-has-crumbs={crumbs.length > 0 || undefined}>
        {t("product")}
      </Link>
      {crumbs.length > 0 && (
        <Link
          to={parent?.to ?? "/"}
          className={classes.back}
          aria-label={
            parent ? t("frame:topBar.back", { page: parent.label }) : t("frame:topBar.backToProjects")
          }
        >
          <IconChevronLeft size={18} stroke={1.5} aria-hidden />
        </Link>
      )}
      {crumbs.length > 0 && (
        <nav className={classes.crumbs} aria-label={t("frame:topBar.breadcrumb")}>
          <ol>
            {crumbs.map(({ label, to }) => (
              <li key={`${to ?? ""}${label}`}>
                {to === undefined ? (
                  <span aria-current="page" dir="auto">
                    {label}
                  </span>
                ) : (
                  <Link to={to} dir="auto">
                    {label}
                  </Link>
                )}
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className={classes.space} />
      {status}
      {right}
      {palette}
      <AccountMenu />
    </header>
  );
}
