// The interface's words: `t("account:appearance.title")`, or the component Trans where words hold elements. What people
// have written goes into Trans as an element with a tag of its own, `<name/>`: in a value, markup would be read as ours.
import { createInstance } from "i18next";
import { initReactI18next } from "react-i18next";
import { catalogue } from "./catalogue.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: (typeof catalogue)["en"];
  }
}

/** How numbers, dates and lists are written: English alone would not tell which way round a date goes. */
export const LOCALE = "en-GB";

const words = createInstance();
// Done at once, since all is at hand: words may be asked for while modules load.
void words.use(initReactI18next).init({
  lng: LOCALE,
  fallbackLng: "en",
  resources: catalogue,
  ns: Object.keys(catalogue.en),
  defaultNS: "common",
  initAsync: false,
  // React escapes, and what is not shown by React is no HTML.
  interpolation: { escapeValue: false },
});

/** The words of a key; a number given as `count` chooses between its `_one` and `_other`. */
export const { t } = words;
