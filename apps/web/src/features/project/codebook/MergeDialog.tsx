// Merges a label into another: first says what that does, as the server counts it, then does it.
import { useMutation } from "@apollo/client/react";
import { Button, Modal, Select, Skeleton } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { v7 as uuidv7 } from "uuid";
import { describeError } from "../../../apollo/error-message.ts";
import type { MergePlanMutation } from "../../../gql/graphql.ts";
import { graphql } from "../../../gql/index.ts";
import { InlineError } from "../../../ui/ErrorState.tsx";
import { t } from "../../../words/words.ts";
import tab from "../tab.module.css";
import codebook from "./codebook.module.css";
import { type Label, readCodebook } from "./codebook-writes.ts";
import classes from "./MergeDialog.module.css";

const MergePlanDocument = graphql(`
  mutation MergePlan($input: MergeLabelInput!) {
    mergeLabel(input: $input) {
      annotationCount
      unfittingCount
      widenedRelationTypes {
        id
        name
      }
    }
  }
`);

const MergeLabelDocument = graphql(`
  mutation MergeLabel($input: MergeLabelInput!) {
    mergeLabel(input: $input) {
      annotationCount
      label {
        ...ProjectLabel_label
      }
    }
  }
`);

type Plan = MergePlanMutation["mergeLabel"];

export interface MergeDialogProps {
  readonly projectId: string;
  readonly label: Label;
  readonly heirs: readonly Label[];
  readonly onClose: () => void;
}

export function MergeDialog({ projectId, label, heirs, onClose }: MergeDialogProps) {
  const [, setAddress] = useSearchParams();
  const [heirId, setHeirId] = useState<string | null>(null);
  const [ask, asked] = useMutation(MergePlanDocument, { fetchPolicy: "no-cache" });
  const [merge, merged] = useMutation(MergeLabelDocument);
  const [clientMutationId] = useState(() => uuidv7());
  const [plan, setPlan] = useState<{ heirId: string; plan: Plan } | null>(null);
  const heir = heirs.find(({ id }) => id === heirId);

  useEffect(() => {
    if (heirId === null) return;
    let isCurrent = true;
    ask({ variables: { input: { id: label.id, intoId: heirId, dryRun: true } } }).then(
      ({ data }) => {
        if (isCurrent && data) setPlan({ heirId, plan: data.mergeLabel });
      },
      () => undefined, // Shown below, from the mutation's own state.
    );
    return () => {
      isCurrent = false;
    };
  }, [ask, label.id, heirId]);

  const known = plan !== null && plan.heirId === heirId ? plan.plan : null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (heir === undefined || known === null) return;
    const widenRelationTypes = known.widenedRelationTypes.length > 0;
    const input = { clientMutationId, id: label.id, intoId: heir.id, widenRelationTypes };
    try {
      await merge({ variables: { input } });
    } catch {
      return; // Shown below, from the mutation's own state.
    }
    onClose();
    setAddress({ label: heir.id });
    await readCodebook(merged.client, projectId).catch(() => undefined);
  };
  const error = merged.error ?? asked.error;
  const shown = error ? describeError(error) : null;
  return (
    <Modal opened onClose={onClose} title={t("codebook:merge.title", { name: label.name })} size={460}>
      <form className={codebook.dialog} onSubmit={(event) => void submit(event)}>
        <Select
          label={t("codebook:merge.into")}
          data-autofocus
          searchable
          allowDeselect={false}
          data={heirs.map(({ id, name }) => ({ value: id, label: name }))}
          value={heirId}
          onChange={(value) => {
            merged.reset();
            setHeirId(value);
          }}
        />
        <div role="status" className={classes.plan}>
          {heir === undefined && <p>{t("codebook:merge.choose")}</p>}
          {heir !== undefined && known === null && !shown && <Skeleton height={60} />}
          {heir !== undefined && known !== null && (
            <ul>
              <li>{t("codebook:merge.moves", { count: known.annotationCount, name: heir.name })}</li>
              {known.widenedRelationTypes.map(({ id, name }) => (
                <li key={id}>{t("codebook:merge.widens", { relation: name, name: heir.name })}</li>
              ))}
              {known.unfittingCount > 0 && (
                <li>{t("codebook:merge.unfitting", { count: known.unfittingCount, name: heir.name })}</li>
              )}
              <li>{t("codebook:merge.stays", { name: label.name })}</li>
              <li>{t("codebook:merge.final")}</li>
            </ul>
          )}
        </div>
        {shown && <InlineError message={shown.message} requestId={shown.requestId} />}
        <div className={tab.dialogButtons}>
          <Button variant="default" onClick={onClose}>
            {t("codebook:dialog.cancel")}
          </Button>
          <Button type="submit" color="danger" loading={merged.loading} disabled={known === null}>
            {t("codebook:merge.do")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
