// The window's title while a page is shown: what it is, then the product's name.
import { useEffect } from "react";
import { t } from "../words/words.ts";

export function usePageTitle(...parts: readonly (string | null | undefined)[]): void {
  const title = [...parts.filter(Boolean), t("product")].join(" · ");
  useEffect(() => {
    document.title = title;
  }, [title]);
}
