// Relates all picked annotations to one other: what it is, then the other one by some of its words.
import { Modal, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../words/words.ts";
import { LabelBadge } from "../LabelBadge.tsx";
import { optionsForMany, relatable } from "../model/bulk-relations.ts";
import { isEndAllowed } from "../model/entities.ts";
import type { Entry } from "../model/entries.ts";
import { endsOf, type RelationOption } from "../model/relation-options.ts";
import type { BulkBarProps } from "./BulkBar.tsx";
import css from "./list.module.css";

export interface BulkRelateDialogProps extends Omit<BulkBarProps, "onSay" | "onPickAll" | "onPickNone"> {
  readonly onClose: () => void;
}

const MOST_PARTNERS = 20;

const keyOf = ({ type, isOutgoing }: RelationOption) => `${isOutgoing ? ">" : "<"}${type.id}`;

function partnersOf(option: RelationOption, inText: readonly Entry[], typed: string): Entry[] {
  const allowed = option.isOutgoing ? option.type.targetLabelIds : option.type.sourceLabelIds;
  const wanted = typed.trim().toLowerCase();
  const found: Entry[] = [];
  for (const entry of inText) {
    if (!isEndAllowed(allowed, entry.labelId) || !entry.quote.toLowerCase().includes(wanted)) continue;
    found.push(entry);
    if (found.length === MOST_PARTNERS) break;
  }
  return found;
}

export function BulkRelateDialog(props: BulkRelateDialogProps) {
  const { document, workbench, picked, labels, inText, onDone, onClose } = props;
  const options = optionsForMany(document.relationTypes, picked);
  const [chosen, setChosen] = useState(options[0] === undefined ? null : keyOf(options[0]));
  const [typed, setTyped] = useState("");
  const option = options.find((one) => keyOf(one) === chosen);
  const partners = option === undefined ? [] : partnersOf(option, inText, typed);

  const relate = (other: Entry) => {
    if (option === undefined) return;
    const own = relatable(option, picked, other.id, workbench.relationsOf(other.id));
    workbench.asOneAct(() => {
      for (const { id } of own) {
        const { sourceId, targetId } = endsOf(option, id, other.id);
        workbench.link(option.type.id, sourceId, targetId);
      }
    });
    const rest = picked.length - own.length;
    const words = t("list:relate.made", { count: own.length });
    onDone(rest === 0 ? words : `${words} ${t("list:relate.leftOut", { count: rest })}`);
  };

  return (
    <Modal opened onClose={onClose} title={t("list:relate.title", { count: picked.length })} size={440}>
      {options.length === 0 ? (
        <p className={css.hint}>{t("list:relate.impossible")}</p>
      ) : (
        <div className={css.relate}>
          <Select
            size="xs"
            label={t("relations:add.kind")}
            allowDeselect={false}
            data={options.map((one) => ({
              value: keyOf(one),
              label: `${one.isOutgoing ? "→" : "←"} ${one.type.name}`,
            }))}
            value={chosen}
            onChange={setChosen}
          />
          <TextInput
            size="xs"
            label={t("list:relate.other")}
            placeholder={t("list:relate.otherHint")}
            value={typed}
            data-autofocus
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={(event) => {
              const [first] = partners;
              if (event.key === "Enter" && first !== undefined) relate(first);
            }}
          />
          <ul className={css.partners} aria-label={t("list:title")}>
            {partners.map((other) => {
              const label = labels.get(other.labelId);
              return (
                <li key={other.id}>
                  <button type="button" className={css.partner} onClick={() => relate(other)}>
                    <LabelBadge label={label} isNamed />
                    <span dir="auto">{other.quote}</span>
                  </button>
                </li>
              );
            })}
          </ul>
          {partners.length === 0 && <p className={css.hint}>{t("list:relate.none")}</p>}
        </div>
      )}
    </Modal>
  );
}
