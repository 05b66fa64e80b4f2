// The address names an annotation that is not here: said above the text, since the text alone would leave one searching.
import { Button } from "@mantine/core";
import { t } from "../../words/words.ts";
import css from "./workbench.module.css";

export function MissingAnnotation({ onClose }: { readonly onClose: () => void }) {
  return (
    <div className={css.roleNotice}>
      <p>{t("workbench:missing.words")}</p>
      <Button size="xs" variant="default" onClick={onClose}>
        {t("workbench:missing.goOn")}
      </Button>
    </div>
  );
}
