// What a page of this benchmark puts at `window.subject`, whichever way it draws highlights.
export interface BenchAnnotation {
  readonly id: string;
  readonly labelId: string;
  readonly color: string;
  readonly letter: string;
  /** Code points, which in this text are UTF-16 units too. */
  readonly fragments: readonly { readonly start: number; readonly end: number }[];
  readonly quote: string;
}

export interface BenchData {
  readonly text: string;
  readonly annotations: readonly BenchAnnotation[];
}

export interface Subject {
  /** Builds text and highlights. */
  open(data: BenchData): void;
  /** Whether highlights have been drawn. */
  isShown(): boolean;
  /** How many of the selections made since are drawn as highlights. */
  tagCount(): number;
}

declare global {
  interface Window {
    subject: Subject;
  }
}
