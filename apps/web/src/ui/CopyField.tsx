// Something to hand on, with a button that copies it and says so.
import { Button, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useRef, useState } from "react";
import classes from "./CopyField.module.css";
import { VisuallyHidden } from "./VisuallyHidden.tsx";

export function CopyField({ label, value }: { readonly label: string; readonly value: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<"none" | "copied" | "selected">("none");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setOutcome("copied");
    } catch {
      // No clipboard over plain http: the text is selected, ready for the keyboard.
      field.current?.select();
      setOutcome("selected");
    }
  };
  return (
    <div className={classes.row}>
      <TextInput
        ref={field}
        className={classes.field}
        label={label}
        value={value}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
        description={outcome === "selected" ? "Selected. Copy it with Ctrl+C or ⌘C." : undefined}
      />
      <Button
        variant="default"
        className={classes.button}
        leftSection={
          outcome === "copied" ? <IconCheck size={16} stroke={1.5} /> : <IconCopy size={16} stroke={1.5} />
        }
        onClick={() => void copy()}
      >
        {outcome === "copied" ? "Copied" : "Copy"}
      </Button>
      <VisuallyHidden live>{outcome === "copied" ? "Copied" : ""}</VisuallyHidden>
    </div>
  );
}
