// A calm line above what it is about: a state of the whole page, with the way out of it.
import { IconArchive } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./Banner.module.css";

export interface BannerProps {
  readonly children: ReactNode;
  /** Buttons and links. */
  readonly action?: ReactNode;
}

/** Stands in a live region of the page, which announces it when it comes. */
export function ArchiveBanner({ children, action }: BannerProps) {
  return (
    <div className={classes.banner}>
      <IconArchive size={16} stroke={1.5} aria-hidden />
      <p className={classes.words}>{children}</p>
      {action}
    </div>
  );
}
