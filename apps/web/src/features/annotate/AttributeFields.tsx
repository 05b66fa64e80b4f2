// The label's attributes, each with the control its kind asks for. Quiet until hovered or focused. What is required and
// missing is said, never refused: one key must be enough to tag.
import { type AttributeDefinition, missingRequired } from "@concord/core";
import { NumberInput, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "../../words/words.ts";
import css from "./inspector.module.css";

type Values = Readonly<Record<string, unknown>>;

export interface AttributeFieldsProps {
  readonly definitions: readonly AttributeDefinition[];
  readonly values: Values;
  readonly canChange: boolean;
  readonly onChange: (values: Values) => void;
}

interface FieldProps {
  readonly definition: AttributeDefinition;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

const YES_NO = [
  { value: "true", label: t("inspector:attribute.yes") },
  { value: "false", label: t("inspector:attribute.no") },
];

/** Typed text is kept here until the field is left: each letter is not a change of its own. */
function TypedField({ definition, value, onChange }: FieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [isFocused, setIsFocused] = useState(false);
  const shown = typed ?? (typeof value === "string" ? value : "");
  const commit = () => {
    setIsFocused(false);
    if (typed !== null) onChange(typed.trim() === "" ? undefined : typed);
    setTyped(null);
  };
  return (
    <TextInput
      aria-label={definition.name}
      variant="unstyled"
      size="xs"
      // an empty date field would show the browser's pattern in place of "not set"
      type={definition.kind === "DATE" && (isFocused || shown !== "") ? "date" : "text"}
      placeholder={t("inspector:attribute.notSet")}
      value={shown}
      onFocus={() => setIsFocused(true)}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === "Enter" && commit()}
    />
  );
}

function NumberField({ definition, value, onChange }: FieldProps) {
  const [typed, setTyped] = useState<number | string | null>(null);
  const commit = () => {
    if (typed !== null) onChange(typeof typed === "number" && Number.isFinite(typed) ? typed : undefined);
    setTyped(null);
  };
  return (
    <NumberInput
      aria-label={definition.name}
      variant="unstyled"
      size="xs"
      hideControls
      placeholder={t("inspector:attribute.notSet")}
      value={typed ?? (typeof value === "number" ? value : "")}
      onChange={setTyped}
      onBlur={commit}
      onKeyDown={(event) => event.key === "Enter" && commit()}
    />
  );
}

function AttributeField(props: FieldProps) {
  const { definition, value, onChange } = props;
  if (definition.kind === "NUMBER") return <NumberField {...props} />;
  if (definition.kind === "TEXT" || definition.kind === "DATE") return <TypedField {...props} />;
  const isBoolean = definition.kind === "BOOLEAN";
  return (
    <Select
      aria-label={definition.name}
      variant="unstyled"
      size="xs"
      placeholder={t("inspector:attribute.notSet")}
      clearable
      data={isBoolean ? YES_NO : definition.choices}
      value={value === undefined ? null : String(value)}
      onChange={(chosen) => onChange(chosen === null ? undefined : isBoolean ? chosen === "true" : chosen)}
    />
  );
}

function textOf(value: unknown): string {
  if (typeof value === "boolean") return t(value ? "inspector:attribute.yes" : "inspector:attribute.no");
  return value === undefined ? t("inspector:attribute.notSet") : String(value);
}

export function AttributeFields({ definitions, values, canChange, onChange }: AttributeFieldsProps) {
  const missing = new Set(missingRequired(values, definitions));
  const set = (key: string, value: unknown) => {
    const { [key]: _old, ...rest } = values;
    onChange(value === undefined ? rest : { ...rest, [key]: value });
  };
  return (
    <dl className={css.attributes}>
      {definitions.map((definition) => (
        <div key={definition.key} data-missing={missing.has(definition.key) || undefined}>
          <dt>{definition.name}</dt>
          <dd>
            {canChange ? (
              <AttributeField
                definition={definition}
                value={values[definition.key]}
                onChange={(value) => set(definition.key, value)}
              />
            ) : (
              textOf(values[definition.key])
            )}
          </dd>
          {missing.has(definition.key) && <dd className={css.needed}>{t("inspector:attribute.needed")}</dd>}
        </div>
      ))}
    </dl>
  );
}
