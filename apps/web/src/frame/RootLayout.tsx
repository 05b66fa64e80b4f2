// Around every page: the skip link, where the focus goes on navigation, and scroll positions.
import { useEffect, useRef } from "react";
import { Outlet, ScrollRestoration, useLocation } from "react-router";
import { t } from "../words/words.ts";
import { NoticeBar } from "./NoticeBar.tsx";
import classes from "./RootLayout.module.css";

/** After a move to another page its heading gets the focus, so that a screen reader reads on from there. */
function useFocusOnNavigation(): void {
  const { pathname } = useLocation();
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    if (!pathname) return;
    const focusHeading = () => {
      const heading = document.querySelector<HTMLElement>("main h1");
      if (!heading) return false;
      // A page that has put the focus into a field of its own knows better.
      if (document.activeElement?.closest("main, [role=dialog]")) return true;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      return true;
    };
    if (focusHeading()) return;
    const observer = new MutationObserver(() => {
      if (focusHeading()) observer.disconnect();
    });
    observer.observe(document.body, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [pathname]);
}

export function RootLayout() {
  useFocusOnNavigation();
  return (
    <>
      <a className={classes.skip} href="#main">
        {t("frame:skip")}
      </a>
      <Outlet />
      <NoticeBar />
      <ScrollRestoration />
    </>
  );
}
