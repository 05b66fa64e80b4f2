// A new label: a name is enough; its letter and colour are proposed, so that it differs from those there are.

import { useMutation } from "@apollo/client/react";
import { LABEL_COLORS, type LabelColor } from "@concord/core";
import { Button, Modal, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { v7 as uuidv7 } from "uuid";
import { describeError, type ShownError } from "../../../apollo/error-message.ts";
import { cacheLabel } from "../../../frame/project-changes/apply-changes.ts";
import { graphql } from "../../../gql/index.ts";
import { InlineError } from "../../../ui/ErrorState.tsx";
import { t } from "../../../words/words.ts";
import tab from "../tab.module.css";
import { ColorField } from "./ColorField.tsx";
import codebook from "./codebook.module.css";
import type { Label } from "./codebook-writes.ts";
import classes from "./NewLabelDialog.module.css";
import { freeShortcut, lastSign, shortcutProblem } from "./shortcut.ts";

const CreateLabelDocument = graphql(`
  mutation CreateLabel($input: CreateLabelInput!) {
    createLabel(input: $input) {
      label {
        ...ProjectLabel_label
      }
    }
  }
`);

export interface NewDialogProps {
  readonly projectId: string;
  readonly labels: readonly Label[];
  readonly onDone: (id: string) => void;
  readonly onClose: () => void;
}

/** The hue that the fewest labels have, the first of them. */
function rarestColor(labels: readonly Label[]): LabelColor {
  const count = (color: LabelColor) =>
    labels.filter((label) => label.color === color && label.archivedAt === null).length;
  return LABEL_COLORS.reduce((best, color) => (count(color) < count(best) ? color : best));
}

export function NewLabelDialog({ projectId, labels, onDone, onClose }: NewDialogProps) {
  const [createLabel, { loading, client }] = useMutation(CreateLabelDocument);
  const [clientMutationId] = useState(() => uuidv7());
  const [name, setName] = useState("");
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const [color, setColor] = useState(() => rarestColor(labels));
  const [problem, setProblem] = useState<ShownError | null>(null);
  const key = chosenKey ?? freeShortcut(name, labels);
  const clash = shortcutProblem(key, null, labels);
  const isReady = name.trim() !== "" && clash === null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    setProblem(null);
    try {
      const shortcut = key === "" ? null : key;
      const input = { clientMutationId, projectId, name: name.trim(), color, shortcut };
      const { data } = await createLabel({ variables: { input } });
      if (!data) return;
      cacheLabel(client.cache, projectId, data.createLabel.label);
      onDone(data.createLabel.label.id);
    } catch (error) {
      setProblem(describeError(error));
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("codebook:tree.newLabel")} size={440}>
      <form className={codebook.dialog} onSubmit={(event) => void submit(event)}>
        <TextInput
          label={t("codebook:label.name")}
          data-autofocus
          maxLength={200}
          dir="auto"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t("codebook:label.shortcut")}
          className={classes.letter ?? ""}
          autoComplete="off"
          value={key.toUpperCase()}
          error={clash}
          onChange={(event) => setChosenKey(lastSign(event.currentTarget.value))}
        />
        <ColorField
          name="new-color"
          value={color}
          letter={key === "" ? ([...name.trim()][0] ?? "·") : key}
          onChange={setColor}
        />
        {problem && <InlineError message={problem.message} requestId={problem.requestId} />}
        <div className={tab.dialogButtons}>
          <Button variant="default" onClick={onClose}>
            {t("codebook:dialog.cancel")}
          </Button>
          <Button type="submit" loading={loading} disabled={!isReady}>
            {t("codebook:dialog.create")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
