// Where a comment is written: members are named by @ from a list, Ctrl or ⌘ with Enter sends it off.
import { Button, Textarea } from "@mantine/core";
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from "react";
import { VisuallyHidden } from "../../../ui/VisuallyHidden.tsx";
import { t } from "../../../words/words.ts";
import type { Person } from "../model/entities.ts";
import css from "./discussion.module.css";
import { MentionList, optionId } from "./MentionList.tsx";
import { membersFor, mentionAt, withMention } from "./mention-search.ts";
import type { Members } from "./useMembers.ts";

export interface CommentFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly submitLabel: string;
  readonly value: string;
  readonly members: Members;
  readonly onChange: (text: string) => void;
  readonly onSubmit: () => void;
  /** Where giving up is something else than leaving the field. */
  readonly onCancel?: () => void;
  /** Takes the focus when it comes up. */
  readonly takesFocus?: boolean;
  readonly onFocused?: () => void;
}

/** As many as the server takes. */
const LONGEST = 20_000;

export function CommentField(props: CommentFieldProps) {
  const { value, members, onChange, onSubmit, onCancel, takesFocus = false, onFocused } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const [caret, setCaret] = useState(0);
  const [isTyping, setTyping] = useState(false);
  const [active, setActive] = useState(0);
  const caretToSet = useRef<number | null>(null);
  const search = isTyping ? mentionAt(value, caret) : null;
  const found = search === null ? [] : membersFor(members.people, search.typed);
  const isOffering = found.length > 0;
  const isEmpty = value.trim() === "";

  useLayoutEffect(() => {
    if (!takesFocus) return;
    field.current?.focus();
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
    onFocused?.();
  }, [takesFocus, onFocused]);
  // the caret goes behind the name that was put in, once the field holds it
  useLayoutEffect(() => {
    if (caretToSet.current === null) return;
    field.current?.setSelectionRange(caretToSet.current, caretToSet.current);
    setCaret(caretToSet.current);
    caretToSet.current = null;
  });

  const choose = (person: Person) => {
    if (search === null) return;
    const completed = withMention(value, search, person);
    caretToSet.current = completed.caret;
    setTyping(false);
    onChange(completed.text);
    field.current?.focus();
  };
  const submit = () => {
    setTyping(false);
    if (!isEmpty) onSubmit();
  };
  /** Whether the list has a use for the key. */
  const pressInList = (key: string): boolean => {
    const person = found[Math.min(active, found.length - 1)];
    if (key === "ArrowDown") setActive((active + 1) % found.length);
    else if (key === "ArrowUp") setActive((active + found.length - 1) % found.length);
    else if (key === "Escape") setTyping(false);
    else if ((key === "Enter" || key === "Tab") && person !== undefined) choose(person);
    else return false;
    return true;
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const isSending = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (isSending) submit();
    else if (isOffering && !event.shiftKey && pressInList(event.key)) event.stopPropagation();
    else if (event.key === "Escape" && onCancel !== undefined) onCancel();
    else return;
    event.preventDefault();
  };

  return (
    <div className={css.writing}>
      <Textarea
        ref={field}
        aria-label={props.label}
        placeholder={props.placeholder}
        autosize
        minRows={1}
        maxRows={12}
        maxLength={LONGEST}
        dir="auto"
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={isOffering ? listId : undefined}
        aria-activedescendant={isOffering ? optionId(listId, Math.min(active, found.length - 1)) : undefined}
        value={value}
        onChange={({ currentTarget }) => {
          const wasSearching = search !== null;
          setCaret(currentTarget.selectionStart);
          setTyping(true);
          setActive(0);
          if (!wasSearching && mentionAt(currentTarget.value, currentTarget.selectionStart) !== null)
            members.refresh();
          onChange(currentTarget.value);
        }}
        onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
        onKeyDown={press}
        onBlur={() => setTyping(false)}
      />
      {isOffering && (
        <MentionList
          id={listId}
          people={found}
          active={Math.min(active, found.length - 1)}
          onChoose={choose}
        />
      )}
      <VisuallyHidden live>
        {isOffering ? t("discussion:membersFound", { count: found.length }) : ""}
      </VisuallyHidden>
      {(!isEmpty || onCancel !== undefined) && (
        <div className={css.send}>
          <Button size="xs" variant="default" disabled={isEmpty} onClick={submit}>
            {props.submitLabel}
          </Button>
          {onCancel !== undefined && (
            <Button size="xs" variant="subtle" onClick={onCancel}>
              {t("discussion:cancel")}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
