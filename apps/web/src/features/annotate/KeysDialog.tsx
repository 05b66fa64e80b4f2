// The list of keys, and the switch for those that write a character.
import { Modal, Switch } from "@mantine/core";
import { useSingleKeys } from "../../frame/useSingleKeys.ts";
import { Kbd } from "../../ui/Kbd.tsx";
import { t } from "../../words/words.ts";
import { COMMANDS } from "./commands.ts";
import { KEY } from "./key-names.ts";
import type { Label } from "./model/entities.ts";
import css from "./workbench.module.css";

export interface KeysDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly labels: readonly Label[];
  readonly canAnnotate: boolean;
}

type KeyRows = readonly (readonly [keys: readonly string[], meaning: string])[];

const rowsOf = (isWriting: boolean): KeyRows =>
  COMMANDS.filter((info) => (info.isWriting ?? false) === isWriting).map(({ keys, name }) => [keys, name]);

const READING: KeyRows = [...rowsOf(false), [["←", "→", "↑", "↓"], t("keys:caret")]];

const WRITING: KeyRows = [
  ...rowsOf(true),
  [[KEY.shift, "←", "→"], t("keys:edge")],
  [[KEY.alt], t("keys:exact")],
  [[KEY.ctrl], t("keys:addPart")],
];

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
  const [hasSingleKeys, setHasSingleKeys] = useSingleKeys();
  const withKeys = labels.flatMap(({ shortcut, name }) =>
    shortcut === null ? [] : [[[shortcut.toUpperCase()], name] as const],
  );
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("keys:title")} size={460}>
      <Switch
        size="xs"
        mb={12}
        label={t("keys:single.switch")}
        description={t("keys:single.hint")}
        checked={hasSingleKeys}
        onChange={(event) => setHasSingleKeys(event.currentTarget.checked)}
      />
      <dl className={css.keyList}>
        {canAnnotate && <Rows rows={withKeys} />}
        <Rows rows={READING} />
        {canAnnotate && <Rows rows={WRITING} />}
      </dl>
      {canAnnotate && <p className={css.keysNote}>{t("keys:labels")}</p>}
    </Modal>
  );
}
