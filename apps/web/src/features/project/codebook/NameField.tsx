// What a label or relation type is called. Saved when it is left; an empty name is none.
import { TextInput } from "@mantine/core";
import { useId } from "react";
import { t } from "../../../words/words.ts";
import { FieldRow } from "./FieldRow.tsx";
import type { TheirsProps } from "./Theirs.tsx";

export interface NameFieldProps extends Omit<TheirsProps<string>, "show"> {
  readonly mayEdit: boolean;
}

const NAME_MAX = 200;

export function NameField({ mayEdit, ...theirs }: NameFieldProps) {
  const id = useId();
  const { field } = theirs;
  return (
    <FieldRow label={t("codebook:label.name")} controlId={id} show={(value) => value} {...theirs}>
      <TextInput
        id={id}
        maxLength={NAME_MAX}
        dir="auto"
        readOnly={!mayEdit}
        value={field.value}
        onChange={(event) => field.write(event.currentTarget.value)}
        onBlur={() => (field.value.trim() === "" ? field.keepTheirs() : field.send())}
        onKeyDown={(event) => event.key === "Enter" && field.value.trim() !== "" && field.send()}
      />
    </FieldRow>
  );
}
