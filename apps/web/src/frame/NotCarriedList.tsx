// The annotations that have no place in a corrected text: label, words and why.
import { Link } from "react-router";
import type { NotCarried_NotCarriedFragment } from "../gql/graphql.ts";
import { graphql } from "../gql/index.ts";
import { labelColorVar } from "../theme/label-color.ts";
import { LetterBadge } from "../ui/LetterBadge.tsx";
import { t } from "../words/words.ts";
import classes from "./NotCarriedList.module.css";
import { reasonWords } from "./version-words.ts";

/** @public Read by the code generator. */
export const NotCarriedFragment = graphql(`
  fragment NotCarried_notCarried on NotCarried {
    annotationId
    quote
    reason
    label {
      id
      name
      letter
      color
    }
  }
`);

export interface NotCarriedListProps {
  readonly items: readonly NotCarried_NotCarriedFragment[];
  /** The version in which they stand; null where a link would lead away from unfinished work. */
  readonly previousId: string | null;
}

export function NotCarriedList({ items, previousId }: NotCarriedListProps) {
  return (
    <ul className={classes.list} aria-label={t("frame:notCarried.list")}>
      {items.map(({ annotationId, label, quote, reason }) => (
        <li key={annotationId}>
          <LetterBadge letter={label.letter} color={labelColorVar(label.color)} name={label.name} />
          <span className={classes.quote} dir="auto">
            {previousId === null ? (
              quote
            ) : (
              <Link to={`/documents/${previousId}?annotation=${annotationId}`}>{quote}</Link>
            )}
          </span>
          <span className={classes.reason}>{reasonWords[reason]}</span>
        </li>
      ))}
    </ul>
  );
}
