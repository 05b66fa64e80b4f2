// A key on the keyboard.
import type { ReactNode } from "react";
import classes from "./Kbd.module.css";

export function Kbd({ children }: { readonly children: ReactNode }) {
  return <kbd className={classes.kbd}>{children}</kbd>;
}
