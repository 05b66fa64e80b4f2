// The bar on top of every page: where one is, the status word, who is here, and the account.
import { IconChevronLeft } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
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
  /** Beside the account: faces, commands. */
  readonly right?: ReactNode;
}

export function TopBar({ crumbs = [], status, right }: TopBarProps) {
  const parent = crumbs.findLast(({ to }) => to !== undefined);
  return (
    <header className={classes.bar}>
      <Link to="/" className={classes.mark} data-has-crumbs={crumbs.length > 0 || undefined}>
        Concord
      </Link>
      {crumbs.length > 0 && (
        <Link
          to={parent?.to ?? "/"}
          className={classes.back}
          aria-label={parent ? `Back to ${parent.label}` : "Back to projects"}
        >
          <IconChevronLeft size={18} stroke={1.5} aria-hidden />
        </Link>
      )}
      {crumbs.length > 0 && (
        <nav className={classes.crumbs} aria-label="Breadcrumb">
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
      <AccountMenu />
    </header>
  );
}
