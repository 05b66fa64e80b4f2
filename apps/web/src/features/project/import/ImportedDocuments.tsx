// Links to what an import has brought; of many the first, the rest stand in the table.
import { useQuery } from "@apollo/client/react";
import { Skeleton } from "@mantine/core";
import { Link } from "react-router";
import { graphql } from "../../../gql/index.ts";
import { t } from "../../../words/words.ts";
import classes from "./ImportPanel.module.css";

const MOST_SHOWN = 8;

const ImportedDocumentDocument = graphql(`
  query ImportedDocument($id: ID!) {
    document(id: $id) {
      id
      title
    }
  }
`);

export function ImportedDocuments({ ids }: { readonly ids: readonly string[] }) {
  return (
    <ul className={classes.refused} aria-label={t("import:imported.title")}>
      {ids.slice(0, MOST_SHOWN).map((id) => (
        <ImportedDocument key={id} id={id} />
      ))}
      {ids.length > MOST_SHOWN && (
        <li className={classes.rest}>{t("import:imported.more", { count: ids.length - MOST_SHOWN })}</li>
      )}
    </ul>
  );
}

function ImportedDocument({ id }: { readonly id: string }) {
  const { data } = useQuery(ImportedDocumentDocument, { variables: { id } });
  const title = data?.document?.title;
  return (
    <li>
      {title === undefined ? (
        <Skeleton height={14} my={4} width="70%" />
      ) : (
        <Link to={`/documents/${id}`} dir="auto">
          {title}
        </Link>
      )}
    </li>
  );
}
