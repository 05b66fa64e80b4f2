// What a comment says: its lines, links and mentions.
import { Fragment } from "react";
import type { Person } from "../model/entities.ts";
import { partsOf } from "./comment-text.ts";
import css from "./discussion.module.css";

export interface CommentBodyProps {
  readonly body: string;
  readonly people: readonly Person[];
  readonly viewerId: string;
}

export function CommentBody({ body, people, viewerId }: CommentBodyProps) {
  return (
    <p className={css.body} dir="auto">
      {partsOf(body, people).map((part, index) => {
        // the parts of a text have no identity but their place
        const key = `${index}${part.kind}`;
        if (part.kind === "text") return <Fragment key={key}>{part.text}</Fragment>;
        if (part.kind === "link")
          return (
            <a key={key} href={part.href} target="_blank" rel="noopener noreferrer nofollow ugc">
              {part.text}
            </a>
          );
        return (
          <bdi key={key} className={css.mention} data-self={part.person.id === viewerId || undefined}>
            {part.text}
          </bdi>
        );
      })}
    </p>
  );
}
