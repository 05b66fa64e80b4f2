// The attributes of a label: what each is called, what it takes, and which values. Each is added and changed in a dialog
// and saved by itself, so that two people can work on two of them.

import { useApolloClient } from "@apollo/client/react";
import type { AttributeDefinition } from "@concord/core";
import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { describeError, type ShownError } from "../../../apollo/error-message.ts";
import { showNotice } from "../../../frame/notice.ts";
import { InlineError } from "../../../ui/ErrorState.tsx";
import { VisuallyHidden } from "../../../ui/VisuallyHidden.tsx";
import { t } from "../../../words/words.ts";
import { AttributeDialog, kindName } from "./AttributeDialog.tsx";
import classes from "./AttributeTable.module.css";
import { applyEdit, moveAttribute, plainAttribute } from "./attribute-edit.ts";
import codebook from "./codebook.module.css";
import { type Label, saveLabel } from "./codebook-writes.ts";
import { isSame } from "./draft.ts";

export interface AttributeTableProps {
  readonly projectId: string;
  readonly label: Label;
  readonly mayEdit: boolean;
}

export function AttributeTable({ projectId, label, mayEdit }: AttributeTableProps) {
  const client = useApolloClient();
  const [problem, setProblem] = useState<ShownError | null>(null);
  const [edited, setEdited] = useState<AttributeDefinition | "new" | null>(null);
  const { attributes } = label;

  const save = async (change: (now: Label) => readonly AttributeDefinition[] | null) => {
    setProblem(null);
    try {
      return await saveLabel(client, projectId, label.id, (now) => {
        const next = change(now);
        return next === null ? null : { attributes: [...next] };
      });
    } catch (error) {
      setProblem(describeError(error));
      return "failed";
    }
  };
  const remove = async (attribute: AttributeDefinition) => {
    const before = attributes.map(plainAttribute);
    const from = plainAttribute(attribute);
    if ((await save((now) => applyEdit(now.attributes, { from, to: null }))) !== "saved") return;
    showNotice({
      words: t("codebook:attributes.removed", { name: attribute.name }),
      undo: async () => {
        const at = before.findIndex(({ key }) => key === from.key);
        await saveLabel(client, projectId, label.id, (now) => {
          const present = now.attributes.map(plainAttribute);
          const isThere = present.some(({ key }) => key === from.key);
          return isThere ? null : { attributes: present.toSpliced(at, 0, from) };
        });
        return t("codebook:attributes.back", { name: attribute.name });
      },
    });
  };
  const move = (key: string, by: 1 | -1) =>
    void save((now) => {
      const next = moveAttribute(now.attributes, key, by);
      return isSame(next, now.attributes.map(plainAttribute)) ? null : next;
    });

  if (attributes.length === 0 && !mayEdit) return null;
  return (
    <section className={classes.attributes} aria-labelledby="attributes">
      <div className={codebook.head}>
        <h3 id="attributes">{t("codebook:attributes.title")}</h3>
        {mayEdit && (
          <ActionIcon aria-label={t("codebook:attributes.new")} onClick={() => setEdited("new")}>
            <IconPlus size={16} stroke={1.5} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {attributes.length === 0 ? (
        <p className={codebook.hint}>{t("codebook:attributes.none")}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th>{t("codebook:attributes.name")}</th>
              <th>{t("codebook:attributes.kind")}</th>
              <th>{t("codebook:attributes.values")}</th>
              {mayEdit && (
                <th>
                  <VisuallyHidden>{t("codebook:attributes.actions")}</VisuallyHidden>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {attributes.map((attribute, index) => (
              <tr key={attribute.key}>
                <td dir="auto">{attribute.name}</td>
                <td>{kindName(attribute.kind)}</td>
                <td>
                  {attribute.choices.map((choice) => (
                    <span key={choice} className={classes.choice} dir="auto">
                      {choice}
                    </span>
                  ))}
                  {attribute.required
                    ? t("codebook:attributes.required")
                    : attribute.choices.length === 0 && t("codebook:attributes.optional")}
                </td>
                {mayEdit && (
                  <td>
                    <Menu position="bottom-end">
                      <Menu.Target>
                        <ActionIcon aria-label={t("codebook:attributes.more", { name: attribute.name })}>
                          <IconDots size={16} stroke={1.5} aria-hidden />
                        </ActionIcon>
                      </Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Item onClick={() => setEdited(plainAttribute(attribute))}>
                          {t("codebook:attributes.edit")}
                        </Menu.Item>
                        <Menu.Item disabled={index === 0} onClick={() => move(attribute.key, -1)}>
                          {t("codebook:menu.up")}
                        </Menu.Item>
                        <Menu.Item
                          disabled={index === attributes.length - 1}
                          onClick={() => move(attribute.key, 1)}
                        >
                          {t("codebook:menu.down")}
                        </Menu.Item>
                        <Menu.Item color="danger" onClick={() => void remove(attribute)}>
                          {t("codebook:attributes.remove")}
                        </Menu.Item>
                      </Menu.Dropdown>
                    </Menu>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {problem && edited === null && <InlineError message={problem.message} requestId={problem.requestId} />}
      {edited !== null && (
        <AttributeDialog
          from={edited === "new" ? null : edited}
          label={label}
          problem={problem}
          onSave={(edit) => save((now) => applyEdit(now.attributes, edit))}
          onClose={() => {
            setProblem(null);
            setEdited(null);
          }}
        />
      )}
    </section>
  );
}
