// The labels and relation types of the files: those that the codebook has, and what becomes of the others.
import { useQuery } from "@apollo/client/react";
import { NativeSelect } from "@mantine/core";
import { graphql } from "../../../gql/index.ts";
import { t } from "../../../words/words.ts";
import classes from "./AddDocumentsDialog.module.css";
import preview from "./ImportPreview.module.css";
import type { FoundWord, JobPreview } from "./job.ts";
import {
  choicesFor,
  chosenFor,
  type Known,
  knownIn,
  unknownIn,
  type WordMapping,
  withChosen,
} from "./word-mapping.ts";

const ImportWordsDocument = graphql(`
  query ImportWords($projectId: ID!) {
    project(id: $projectId) {
      id
      labels {
        id
        key
        name
        archivedAt
      }
      relationTypes {
        id
        key
        name
      }
    }
  }
`);

export interface WordMappingsProps {
  readonly projectId: string;
  readonly preview: JobPreview;
  readonly labels: WordMapping;
  readonly onLabels: (labels: WordMapping) => void;
  readonly relationTypes: WordMapping;
  readonly onRelationTypes: (relationTypes: WordMapping) => void;
}

export function WordMappings(props: WordMappingsProps) {
  const { projectId, preview: found, labels, onLabels, relationTypes, onRelationTypes } = props;
  const { data } = useQuery(ImportWordsDocument, { variables: { projectId } });
  const inUse = data?.project?.labels.filter(({ archivedAt }) => archivedAt === null) ?? [];
  return (
    <>
      {found.labels.length > 0 && (
        <Words
          title={t("import:words.labels")}
          newWord={t("import:words.newLabel")}
          uses={(count) => t("count.annotations", { count })}
          words={found.labels}
          known={inUse}
          mapping={labels}
          onChange={onLabels}
        />
      )}
      {found.relationTypes.length > 0 && (
        <Words
          title={t("import:words.relationTypes")}
          newWord={t("import:words.newRelationType")}
          uses={(count) => t("count.relations", { count })}
          words={found.relationTypes}
          known={data?.project?.relationTypes ?? []}
          mapping={relationTypes}
          onChange={onRelationTypes}
        />
      )}
    </>
  );
}

interface WordsProps {
  readonly title: string;
  readonly newWord: string;
  readonly uses: (count: number) => string;
  readonly words: readonly FoundWord[];
  readonly known: readonly Known[];
  readonly mapping: WordMapping;
  readonly onChange: (mapping: WordMapping) => void;
}

function Words({ title, newWord, uses, words, known, mapping, onChange }: WordsProps) {
  const unknown = unknownIn(words);
  const there = knownIn(words);
  const choices = choicesFor(known, newWord);
  const nameHere = (word: FoundWord) => known.find(({ key }) => key === word.key)?.name ?? word.name;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {there.length > 0 && (
        <p className={classes.summary}>{t("import:words.known", { names: there.map(nameHere) })}</p>
      )}
      {unknown.length > 0 && (
        <ul className={preview.rows}>
          {unknown.map(({ key, name, useCount }) => (
            <li key={key}>
              <span className={preview.word}>
                <b dir="auto">{name}</b> <span className={preview.quiet}>{uses(useCount)}</span>
              </span>
              <NativeSelect
                className={preview.target ?? ""}
                aria-label={t("import:words.becomes", { name })}
                data={choices}
                value={chosenFor(mapping, key)}
                onChange={(event) => onChange(withChosen(mapping, key, event.currentTarget.value))}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
