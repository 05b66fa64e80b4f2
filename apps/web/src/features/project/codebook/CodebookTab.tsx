// The codebook to read: the labels with sign, key and meaning, and which relations join them.
import { useQuery } from "@apollo/client/react";
import { Skeleton } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { describeError } from "../../../apollo/error-message.ts";
import type { CodebookLabel_LabelFragment, CodebookQuery } from "../../../gql/graphql.ts";
import { graphql } from "../../../gql/index.ts";
import { labelColorVar } from "../../../theme/label-color.ts";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { ErrorState } from "../../../ui/ErrorState.tsx";
import { Kbd } from "../../../ui/Kbd.tsx";
import { LetterBadge } from "../../../ui/LetterBadge.tsx";
import { usePageTitle } from "../../../ui/usePageTitle.ts";
import { useProject } from "../project-head.ts";
import tab from "../tab.module.css";
import classes from "./CodebookTab.module.css";
import { withDepth } from "./label-tree.ts";

export const CodebookLabelFragment = graphql(`
  fragment CodebookLabel_label on Label {
    id
    name
    color
    letter
    shortcut
    description
    archivedAt
    parent {
      id
    }
    attributes {
      key
      name
      kind
      choices
    }
  }
`);

const CodebookDocument = graphql(`
  query Codebook($id: ID!) {
    project(id: $id) {
      id
      labels {
        ...CodebookLabel_label
      }
      relationTypes {
        id
        name
        sourceLabels {
          id
          name
          color
          letter
        }
        targetLabels {
          id
          name
          color
          letter
        }
      }
    }
  }
`);

type Codebook = NonNullable<CodebookQuery["project"]>;
type EndLabel = Codebook["relationTypes"][number]["sourceLabels"][number];

export function CodebookTab() {
  const project = useProject();
  usePageTitle("Codebook", project.name);
  const { data, error, refetch } = useQuery(CodebookDocument, {
    variables: { id: project.id },
    fetchPolicy: "cache-and-network",
  });
  const codebook = data?.project;
  if (!codebook) {
    return (
      <div className={tab.page}>
        {error ? (
          <ErrorState
            {...describeError(error)}
            title="The codebook could not be read"
            onRetry={() => void refetch()}
          />
        ) : (
          <Skeleton height={320} />
        )}
      </div>
    );
  }
  const labels = withDepth(codebook.labels.filter(({ archivedAt }) => !archivedAt));
  return (
    <div className={tab.page}>
      <section className={tab.section} aria-labelledby="labels">
        <h2 id="labels">Labels</h2>
        {labels.length === 0 ? (
          <EmptyState title="No labels">Without a label nothing can be marked.</EmptyState>
        ) : (
          <ul className={classes.labels}>
            {labels.map(({ label, depth }) => (
              <LabelRow key={label.id} label={label} depth={depth} />
            ))}
          </ul>
        )}
      </section>
      {codebook.relationTypes.length > 0 && (
        <section className={tab.section} aria-labelledby="relations">
          <h2 id="relations">Relations</h2>
          <ul className={classes.relations}>
            {codebook.relationTypes.map(({ id, name, sourceLabels, targetLabels }) => (
              <li key={id}>
                <span className={classes.relationName}>{name}</span>
                <Ends labels={sourceLabels} />
                <IconArrowRight size={16} stroke={1.5} role="img" aria-label="to" />
                <Ends labels={targetLabels} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function LabelRow({ label, depth }: { readonly label: CodebookLabel_LabelFragment; readonly depth: number }) {
  return (
    <li style={{ "--depth": depth }}>
      <div className={classes.name}>
        <LetterBadge letter={label.letter} color={labelColorVar(label.color)} />
        <span dir="auto">{label.name}</span>
      </div>
      <div className={classes.key}>{label.shortcut && <Kbd>{label.shortcut.toUpperCase()}</Kbd>}</div>
      <div className={classes.meaning}>
        <p dir="auto">{label.description}</p>
        {label.attributes.map(({ key, name, kind, choices }) => (
          <p key={key} className={classes.attribute}>
            {name}: {kind === "CHOICE" ? choices.join(", ") : attributeWords[kind]}
          </p>
        ))}
      </div>
    </li>
  );
}

const attributeWords = { BOOLEAN: "yes or no", TEXT: "text", NUMBER: "number", DATE: "date" } as const;

function Ends({ labels }: { readonly labels: readonly EndLabel[] }) {
  return (
    <span className={classes.ends}>
      {labels.map(({ id, name, color, letter }) => (
        <span key={id} className={classes.end}>
          <LetterBadge letter={letter} color={labelColorVar(color)} />
          {name}
        </span>
      ))}
    </span>
  );
}
