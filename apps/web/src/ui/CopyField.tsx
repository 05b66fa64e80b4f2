// Something to hand on, with a button that copies it and says so.
import { Button, Textarea, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { type FocusEvent, useRef, useState } from "react";
import { t } from "../words/words.ts";
import classes from "./CopyField.module.css";
import { VisuallyHidden } from "./VisuallyHidden.tsx";

export interface CopyFieldProps {
  readonly label: string;
  readonly value: string;
  /** Several lines, for a terminal or of prose; without it there is one. */
  readonly lines?: "code" | "prose";
}

export function CopyField({ label, value, lines }: CopyFieldProps) {
  const row = useRef<HTMLDivElement>(null);
  const [outcome, setOutcome] = useState<"none" | "copied" | "selected">("none");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setOutcome("copied");
    } catch {
      // No clipboard over plain http: the text is selected, ready for the keyboard.
      row.current?.querySelector<HTMLInputElement | HTMLTextAreaElement>("input, textarea")?.select();
      setOutcome("selected");
    }
  };
  const shared = {
    className: classes.field ?? "",
    label,
    value,
    readOnly: true,
    dir: lines === "prose" ? "auto" : "ltr",
    onFocus: (event: FocusEvent<HTMLInputElement | HTMLTextAreaElement>) => event.currentTarget.select(),
    description: outcome === "selected" ? t("ui:copy.selected") : undefined,
  };
  return (
    <div className={classes.row} data-long={lines !== undefined || undefined} ref={row}>
      {lines ? (
        <Textarea {...shared} autosize maxRows={14} classNames={{ input: classes[lines] ?? "" }} />
      ) : (
        <TextInput {...shared} />
      )}
      <Button
        variant="default"
        className={classes.button}
        leftSection={
          outcome === "copied" ? <IconCheck size={16} stroke={1.5} /> : <IconCopy size={16} stroke={1.5} />
        }
        onClick={() => void copy()}
      >
        {t(outcome === "copied" ? "ui:copy.copied" : "ui:copy.button")}
      </Button>
      <VisuallyHidden live>{outcome === "copied" ? t("ui:copy.copied") : ""}</VisuallyHidden>
    </div>
  );
}
