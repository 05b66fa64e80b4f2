// The selected annotation's relations, and a way to add one: pick what it is, then the other end, by pressing or typing.
import { ActionIcon, Button, Select, TextInput, Tooltip } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { t } from "../../words/words.ts";
import type { AnnotationDetailProps } from "./AnnotationDetail.tsx";
import css from "./inspector.module.css";
import { LabelBadge } from "./LabelBadge.tsx";
import { endsOf, partnersFor, type RelationOption, relationOptions } from "./model/relation-options.ts";

const MOST_PARTNERS = 8;

const keyOf = ({ type, isOutgoing }: RelationOption) => `${isOutgoing ? ">" : "<"}${type.id}`;

function NewRelation({
  entry,
  inText,
  labels,
  document,
  workbench,
  onDone,
}: AnnotationDetailProps & { readonly onDone: () => void }) {
  const options = relationOptions(document.relationTypes, entry.labelId);
  const [chosen, setChosen] = useState(options[0] === undefined ? null : keyOf(options[0]));
  const [typed, setTyped] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const option = options.find((one) => keyOf(one) === chosen);
  const partners =
    option === undefined
      ? []
      : partnersFor(option, entry, inText, workbench.relationsOf(entry.id), typed).slice(0, MOST_PARTNERS);
  useEffect(() => field.current?.focus(), []);

  const link = (otherId: string) => {
    if (option === undefined) return;
    const { sourceId, targetId } = endsOf(option, entry.id, otherId);
    workbench.link(option.type.id, sourceId, targetId);
    onDone();
  };

  return (
    <div className={css.newRelation}>
      <Select
        aria-label={t("relations:add.kind")}
        size="xs"
        allowDeselect={false}
        data={options.map((one) => ({
          value: keyOf(one),
          label: `${one.isOutgoing ? "→" : "←"} ${one.type.name}`,
        }))}
        value={chosen}
        onChange={setChosen}
      />
      <TextInput
        ref={field}
        aria-label={t("relations:add.find")}
        size="xs"
        placeholder={t("relations:add.find")}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          const first = partners[0];
          if (event.key === "Enter" && first !== undefined) link(first.id);
          if (event.key === "Escape") onDone();
        }}
      />
      <ul>
        {partners.map((other) => {
          const label = labels.get(other.labelId);
          return (
            <li key={other.id}>
              <button type="button" className={css.partner} onClick={() => link(other.id)}>
                <LabelBadge label={label} isNamed />
                <span dir="auto">{other.quote}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {partners.length === 0 && <p className={css.hintInline}>{t("relations:add.none")}</p>}
      <Button size="xs" variant="subtle" onClick={onDone}>
        {t("action.cancel")}
      </Button>
    </div>
  );
}

export function RelationSection(props: AnnotationDetailProps) {
  const { entry, labels, document, workbench, rights, asksRelation, onSelect, onHover } = props;
  const [isAdding, setIsAdding] = useState(false);
  const asked = useRef(asksRelation);
  const canAdd = rights.canAnnotate && relationOptions(document.relationTypes, entry.labelId).length > 0;
  useEffect(() => {
    if (asked.current !== asksRelation && canAdd) setIsAdding(true);
    asked.current = asksRelation;
  }, [asksRelation, canAdd]);
  const relations = workbench.relationsOf(entry.id);
  if (relations.length === 0 && !canAdd) return null;
  return (
    <section className={css.section}>
      <h3 className={css.caption}>
        {t("relations:title")}
        {canAdd && !isAdding && (
          <Tooltip label={t("relations:add.hint")}>
            <ActionIcon size="sm" aria-label={t("relations:add.button")} onClick={() => setIsAdding(true)}>
              <IconPlus size={14} stroke={1.5} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </h3>
      <ul className={css.relations}>
        {relations.map((relation) => {
          const isOutgoing = relation.sourceId === entry.id;
          const other = workbench.get(isOutgoing ? relation.targetId : relation.sourceId);
          const label = labels.get(other?.labelId ?? "");
          const type = document.relationTypes.find(({ id }) => id === relation.typeId);
          if (other === undefined) return null;
          return (
            <li key={relation.id}>
              <span className={css.relationType}>
                {isOutgoing ? "→" : "←"} {type?.name ?? t("relations:unknownType")}
              </span>
              <button
                type="button"
                className={css.partner}
                onClick={() => onSelect(other.id)}
                onPointerEnter={() => onHover(other.id)}
                onPointerLeave={() => onHover(null)}
              >
                <LabelBadge label={label} isNamed />
                <span dir="auto">{other.quote}</span>
              </button>
              {rights.canChange(relation) && (
                <ActionIcon
                  size="sm"
                  className={css.unlink ?? ""}
                  aria-label={t("relations:remove", { type: type?.name ?? "" })}
                  onClick={() => workbench.unlink(relation.id)}
                >
                  <IconX size={13} stroke={1.5} aria-hidden />
                </ActionIcon>
              )}
            </li>
          );
        })}
      </ul>
      {isAdding && <NewRelation {...props} onDone={() => setIsAdding(false)} />}
    </section>
  );
}
