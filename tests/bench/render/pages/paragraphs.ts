// A text as plain paragraphs. The line breaks stay as text nodes between them, so that offsets count as they are stored.
export function buildParagraphs(text: string): HTMLElement {
  const host = document.querySelector<HTMLElement>("#text");
  if (host === null) throw new Error("the page has no #text");
  const parts = document.createDocumentFragment();
  text.split("\n").forEach((line, index) => {
    if (index > 0) parts.append("\n");
    const paragraph = document.createElement("p");
    paragraph.textContent = line;
    parts.append(paragraph);
  });
  host.replaceChildren(parts);
  return host;
}
