// The list of keys.
import { Modal } from "@mantine/core";
import { Kbd } from "../../ui/Kbd.tsx";
import type { Label } from "./model/entities.ts";
import css from "./workbench.module.css";

export interface KeysDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly labels: readonly Label[];
  readonly canAnnotate: boolean;
}

const READING: readonly (readonly [keys: readonly string[], meaning: string])[] = [
  [["Shift", "J"], "Next annotation"],
  [["Shift", "K"], "Previous annotation"],
  [["Enter"], "Open the selected annotation; at the caret, select the one there"],
  [["Esc"], "Close, or select nothing"],
  [["←", "→", "↑", "↓"], "Move the caret through the text; with Ctrl by words, with Shift to select"],
  [["?"], "These keys"],
];

const WRITING: KeyRows = [
  [["Del"], "Delete the selected annotation"],
  [["Shift", "R"], "Relate the selected annotation"],
  [["Ctrl", "Z"], "Undo your last step"],
  [["Shift", "Ctrl", "Z"], "Do it again"],
  [["Alt"], "While selecting: exact places instead of whole words"],
  [["Ctrl"], "While selecting: add a part"],
];

type KeyRows = typeof READING;

function Rows({ rows }: { readonly rows: KeyRows }) {
  return rows.map(([keys, meaning]) => (
    <div key={meaning}>
      <dt>
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dt>
      <dd>{meaning}</dd>
    </div>
  ));
}

export function KeysDialog({ isOpen, onClose, labels, canAnnotate }: KeysDialogProps) {
  const withKeys = labels.flatMap(({ shortcut, name }) =>
    shortcut === null ? [] : [[[shortcut.toUpperCase()], name] as const],
  );
  return (
    <Modal opened={isOpen} onClose={onClose} title="Keys" size={460}>
      <dl className={css.keyList}>
        {canAnnotate && <Rows rows={withKeys} />}
        <Rows rows={READING} />
        {canAnnotate && <Rows rows={WRITING} />}
      </dl>
      {canAnnotate && (
        <p className={css.keysNote}>
          A label’s key marks what is selected. With an annotation selected it puts a second label on the same
          place; with nothing selected every following selection gets that label, until Esc.
        </p>
      )}
    </Modal>
  );
}
