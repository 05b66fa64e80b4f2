// Guidelines that are being written, by project, for as long as the page is open: access may end before they are saved.
export const unsavedGuidelines = new Map<string, string>();
