/** What the server, the web client and outside tools share about texts, spans, labels and JSON. */
export * from "./attributes.ts";
export * from "./canonical-json.ts";
export * from "./carry-over.ts";
export * from "./fragments.ts";
export * from "./label.ts";
export * from "./mend-json-parse.ts";
export * from "./occurrences.ts";
export * from "./offset-map.ts";
export * from "./quote.ts";
export * from "./storable-text.ts";
