// Markdown as it reads.
import { Fragment, type ReactNode } from "react";
import classes from "./MarkdownText.module.css";
import { type Block, type Inline, parseMarkdown } from "./markdown.ts";

function inline(parts: readonly Inline[]): ReactNode {
  return parts.map((part, index) => {
    // The parts of a parsed text have no identity but their place.
    const key = `${index}${part.kind}`;
    switch (part.kind) {
      case "text":
        return <Fragment key={key}>{part.text}</Fragment>;
      case "code":
        return <code key={key}>{part.text}</code>;
      case "strong":
        return <strong key={key}>{inline(part.children)}</strong>;
      case "emphasis":
        return <em key={key}>{inline(part.children)}</em>;
      case "link":
        return (
          <a key={key} href={part.href} rel="noreferrer">
            {inline(part.children)}
          </a>
        );
    }
    return null;
  });
}

const headings = ["h2", "h3", "h4", "h5", "h6", "h6"] as const;

function BlockView({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case "heading": {
      // The page's own heading is the first level.
      const Heading = headings[block.level - 1] ?? "h6";
      return <Heading dir="auto">{inline(block.children)}</Heading>;
    }
    case "paragraph":
      return <p dir="auto">{inline(block.children)}</p>;
    case "quote":
      return <blockquote dir="auto">{inline(block.children)}</blockquote>;
    case "code":
      return <pre>{block.text}</pre>;
    case "rule":
      return <hr />;
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <List dir="auto">
          {block.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items of a parsed text have no identity but their place.
            <li key={index}>{inline(item)}</li>
          ))}
        </List>
      );
    }
  }
}

export function MarkdownText({ text }: { readonly text: string }) {
  return (
    <div className={classes.text}>
      {parseMarkdown(text).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks of a parsed text have no identity but their place.
        <BlockView key={index} block={block} />
      ))}
    </div>
  );
}
