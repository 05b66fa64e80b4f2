// The relation types with the labels at their ends, as letters; none at an end means any.
import { ActionIcon } from "@mantine/core";
import { IconArrowRight, IconPlus } from "@tabler/icons-react";
import { labelColorVar } from "../../../theme/label-color.ts";
import { LetterBadge } from "../../../ui/LetterBadge.tsx";
import { t } from "../../../words/words.ts";
import codebook from "./codebook.module.css";
import type { Label, RelationType } from "./codebook-writes.ts";
import classes from "./RelationTypeList.module.css";

export interface RelationTypeListProps {
  readonly types: readonly RelationType[];
  readonly labels: ReadonlyMap<string, Label>;
  readonly selectedId: string | null;
  readonly mayEdit: boolean;
  readonly onSelect: (id: string) => void;
  readonly onNew: () => void;
}

const MOST_LETTERS = 3;

function Ends({ ids, labels }: { ids: readonly { id: string }[]; labels: ReadonlyMap<string, Label> }) {
  const ends = ids.flatMap(({ id }) => labels.get(id) ?? []);
  if (ends.length === 0) return <span className={classes.any}>{t("codebook:relations.any")}</span>;
  return (
    <>
      {ends.slice(0, MOST_LETTERS).map(({ id, letter, color, name }) => (
        <LetterBadge key={id} letter={letter} color={labelColorVar(color)} name={name} />
      ))}
      {ends.length > MOST_LETTERS && <span className={classes.any}>+{ends.length - MOST_LETTERS}</span>}
    </>
  );
}

export function RelationTypeList(props: RelationTypeListProps) {
  const { types, labels, selectedId, mayEdit, onSelect, onNew } = props;
  const inUse = types.filter(({ archivedAt }) => archivedAt === null);
  const archived = types.filter(({ archivedAt }) => archivedAt !== null);
  const row = (type: RelationType) => (
    <li key={type.id} className={codebook.row}>
      <button
        type="button"
        aria-current={type.id === selectedId || undefined}
        onClick={() => onSelect(type.id)}
      >
        <span dir="auto">{type.name}</span>
        <span className={classes.ends}>
          <Ends ids={type.sourceLabels} labels={labels} />
          <IconArrowRight size={14} stroke={1.5} role="img" aria-label={t("codebook:relations.to")} />
          <Ends ids={type.targetLabels} labels={labels} />
        </span>
      </button>
    </li>
  );
  return (
    <section aria-labelledby="relations">
      <div className={codebook.head}>
        <h2 id="relations">{t("codebook:relations.title")}</h2>
        {mayEdit && (
          <ActionIcon aria-label={t("codebook:relations.new")} onClick={onNew}>
            <IconPlus size={16} stroke={1.5} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {inUse.length === 0 && <p className={codebook.hint}>{t("codebook:relations.none")}</p>}
      <ul data-testid="relations">{inUse.map(row)}</ul>
      {archived.length > 0 && (
        <details className={codebook.archive}>
          <summary>{t("codebook:tree.archived", { count: archived.length })}</summary>
          <ul>{archived.map(row)}</ul>
        </details>
      )}
    </section>
  );
}
