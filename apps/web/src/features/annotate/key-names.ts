// What stands on the keys that have a word on them, as the lists of keys show it.
import { t } from "../../words/words.ts";

export const KEY = {
  alt: t("keys:name.alt"),
  ctrl: t("keys:name.ctrl"),
  delete: t("keys:name.delete"),
  enter: t("keys:name.enter"),
  escape: t("keys:name.escape"),
  shift: t("keys:name.shift"),
};
