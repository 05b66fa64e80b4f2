// One attribute: its name, its kind, its values. Where somebody else has changed it meanwhile, both are shown.
import { ATTRIBUTE_KINDS, type AttributeDefinition, type AttributeKind } from "@concord/core";
import { Button, Checkbox, Modal, Select, TagsInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { ShownError } from "../../../apollo/error-message.ts";
import { InlineError } from "../../../ui/ErrorState.tsx";
import { t } from "../../../words/words.ts";
import tab from "../tab.module.css";
import classes from "./AttributeDialog.module.css";
import { type AttributeEdit, keyFor, plainAttribute } from "./attribute-edit.ts";
import codebook from "./codebook.module.css";
import type { Label } from "./codebook-writes.ts";
import { isSame } from "./draft.ts";

export function kindName(kind: AttributeKind): string {
  const names = {
    BOOLEAN: t("codebook:kind.boolean"),
    TEXT: t("codebook:kind.text"),
    NUMBER: t("codebook:kind.number"),
    DATE: t("codebook:kind.date"),
    CHOICE: t("codebook:kind.choice"),
  } satisfies Record<AttributeKind, string>;
  return names[kind];
}

const inWords = ({ name, kind, choices, required }: AttributeDefinition): string =>
  [name, kindName(kind), choices.join(", "), required ? t("codebook:attributes.required") : ""]
    .filter((part) => part !== "")
    .join(" · ");

export interface AttributeDialogProps {
  /** Null for a new one. */
  readonly from: AttributeDefinition | null;
  readonly label: Label;
  readonly problem: ShownError | null;
  readonly onSave: (edit: AttributeEdit) => Promise<"saved" | "contested" | "failed">;
  readonly onClose: () => void;
}

export function AttributeDialog({ from, label, problem, onSave, onClose }: AttributeDialogProps) {
  const [base, setBase] = useState(from);
  const [name, setName] = useState(from?.name ?? "");
  const [kind, setKind] = useState<AttributeKind>(from?.kind ?? "TEXT");
  const [choices, setChoices] = useState<string[]>(from?.choices ?? []);
  const [required, setRequired] = useState(from?.required ?? false);
  const [isBusy, setBusy] = useState(false);
  const present = label.attributes.find(({ key }) => key === base?.key);
  const theirs = present === undefined ? null : plainAttribute(present);
  const isGone = base !== null && theirs === null;
  const isDisputed = base !== null && theirs !== null && !isSame(theirs, base);
  const isReady = name.trim() !== "" && (kind !== "CHOICE" || choices.length > 0);

  const save = async (begunFrom: AttributeDefinition | null) => {
    const to = {
      key: base?.key ?? keyFor(name, label.attributes),
      name: name.trim(),
      kind,
      choices: kind === "CHOICE" ? choices : [],
      required,
    };
    setBusy(true);
    const outcome = await onSave({ from: begunFrom, to });
    setBusy(false);
    if (outcome === "saved") onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady && !isDisputed && !isBusy) void save(isGone ? null : base);
  };
  const takeTheirs = () => {
    if (theirs === null) return;
    setBase(theirs);
    setName(theirs.name);
    setKind(theirs.kind);
    setChoices(theirs.choices);
    setRequired(theirs.required);
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={from === null ? t("codebook:attributes.new") : t("codebook:attributes.edit")}
      size={440}
    >
      <form className={codebook.dialog} onSubmit={submit}>
        <TextInput
          label={t("codebook:attributes.name")}
          data-autofocus
          maxLength={200}
          dir="auto"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label={t("codebook:attributes.kind")}
          allowDeselect={false}
          data={ATTRIBUTE_KINDS.map((value) => ({ value, label: kindName(value) }))}
          value={kind}
          onChange={(value) => setKind(ATTRIBUTE_KINDS.find((one) => one === value) ?? kind)}
        />
        {kind === "CHOICE" && (
          <TagsInput
            label={t("codebook:attributes.values")}
            description={t("codebook:attributes.valuesHint")}
            maxTags={200}
            acceptValueOnBlur
            value={choices}
            onChange={setChoices}
          />
        )}
        <Checkbox
          label={t("codebook:attributes.needed")}
          description={t("codebook:attributes.neededHint")}
          checked={required}
          onChange={(event) => setRequired(event.currentTarget.checked)}
        />
        <div role="status">
          {isGone && <p className={classes.theirs}>{t("codebook:attributes.gone")}</p>}
          {isDisputed && theirs !== null && (
            <div className={classes.theirs}>
              <p>
                {t("codebook:theirs.title", { name: label.updatedBy?.name ?? t("codebook:theirs.somebody") })}
              </p>
              <blockquote dir="auto">{inWords(theirs)}</blockquote>
              <div className={classes.buttons}>
                <Button size="xs" variant="default" onClick={takeTheirs}>
                  {t("codebook:theirs.keep")}
                </Button>
                <Button size="xs" variant="default" loading={isBusy} onClick={() => void save(theirs)}>
                  {t("codebook:theirs.mine")}
                </Button>
              </div>
            </div>
          )}
        </div>
        {problem && <InlineError message={problem.message} requestId={problem.requestId} />}
        <div className={tab.dialogButtons}>
          <Button variant="default" onClick={onClose}>
            {t("codebook:dialog.cancel")}
          </Button>
          <Button type="submit" loading={isBusy} disabled={!isReady || isDisputed}>
            {t("codebook:dialog.save")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
