/** The demo's guidelines, as a team would write them for itself. */
export const DEMO_GUIDELINES = `# Who said what after the flood

Read the whole report first. Then mark, from the outside in.

## What to mark

- **Speaker**: the longest name the report gives, title included. A pronoun is a speaker too; link it with *same as*.
- **Claim**: what is said to be so, without the words that introduce it (“according to”, “she said”).
- **Forecast**: a claim about what is to come. If it hangs on an “if”, leave *Said as certain* off.
- **Initiative**: only what is proposed, not the proposing. The cost only where the report names it.
- **Agreement**: what is signed. *Signed on* is asked for; leave it open rather than guess.

## How far a mark goes

1. Whole words, without quotation marks and without the comma at the end.
2. Where the reporter breaks in (“…,” she said, “…”), mark the parts and leave the rest out: Ctrl or ⌘ adds a part.
3. Marks may nest and cross. Do not shorten one to spare another.
4. An emoji counts as the word it stands for.

## When you disagree

> Do not delete each other’s marks. Put a comment, and resolve it when you have talked.

What stays open goes to the curator on Fridays.
`;
