/** Types of brat's notes: its own, and two for what its attributes and one-line notes can't say. */

/** As brat writes them. */
export const PLAIN_NOTE = "AnnotatorNotes";
/** A note of several lines, as a text of JSON. */
export const WHOLE_NOTE = "AnnotatorNotesJson";
/** An attribute that is no flag and no word: `name = JSON`. */
export const ATTRIBUTE_NOTE = "AttributeJson";

/** What Python takes for the end of a line, and so brat does: neither a span's text nor a note can have one. */
const LINE_ENDS = "\n\r\v\f\u001c\u001d\u001e\u0085\u2028\u2029";

/** One of them. */
export const LINE_BREAK = new RegExp(`[${LINE_ENDS}]`);

/** A text of nothing else. */
export const ONLY_LINE_BREAKS = new RegExp(`^[${LINE_ENDS}]+$`);
