// The open workbench: documents on the left, the text, the inspector on the right; under 900 px the sides are drawers.
// Holds what belongs to this person's screen only (selection, filter, what is hovered) and connects the parts.
import { Drawer } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { TopBar } from "../../frame/TopBar.tsx";
import type { HighlightFeed, Look } from "../../text/highlight.ts";
import { ReadingPane, type ReadingPaneHandle } from "../../text/ReadingPane.tsx";
import type { TextSelection } from "../../text/selection-control.ts";
import { countWords, createSegmenters } from "../../text/words.ts";
import { VisuallyHidden } from "../../ui/VisuallyHidden.tsx";
import { AnnotationsPanel } from "./AnnotationsPanel.tsx";
import { DocumentHeader } from "./DocumentHeader.tsx";
import { DocumentList } from "./DocumentList.tsx";
import { createHighlightFeed } from "./highlight-feed.ts";
import { KeysDialog } from "./KeysDialog.tsx";
import type { WorkbenchCommand } from "./keys.ts";
import { LabelPalette } from "./LabelPalette.tsx";
import type { Label } from "./model/entities.ts";
import { createMovement } from "./movement.ts";
import { rightsOf } from "./rights.ts";
import { StatusWord } from "./StatusWord.tsx";
import { TextBar } from "./TextBar.tsx";
import { useLatest } from "./useLatest.ts";
import type { OpenedDocument } from "./useOpenDocument.ts";
import { useSelectedAnnotation } from "./useSelectedAnnotation.ts";
import { useSnapshot } from "./useSnapshot.ts";
import { useWorkbenchKeys } from "./useWorkbenchKeys.ts";
import { describeAnnotation, neighbourOf } from "./walk.ts";
import css from "./workbench.module.css";

export function WorkbenchView({ document, workbench, isComplete }: OpenedDocument) {
  const isNarrow = useMediaQuery("(max-width: 899px)", false, { getInitialValueInEffect: false });
  const { inText } = useSnapshot(workbench);
  // what stands beside the text may come a frame later than the mark in it
  const calmInText = useDeferredValue(inText);
  const pane = useRef<ReadingPaneHandle>(null);
  const [selectedId, select, requestedId] = useSelectedAnnotation();
  const [selection, setSelection] = useState<TextSelection | null>(null);
  const [hoveredId, setHoveredId] = useState<string | null>(null);
  const [dimmedLabels, setDimmedLabels] = useState<ReadonlySet<string>>(new Set());
  const [patterns, setPatterns] = useState(false);
  const [movement] = useState(createMovement);
  const [said, setSaid] = useState("");
  const [armed, setArmed] = useState<Label | null>(null);
  const [showsKeys, keys] = useDisclosure(false);
  const [showsDocuments, documents] = useDisclosure(!isNarrow);
  const [showsInspector, inspector] = useDisclosure(false);
  const [asksRelation, setAsksRelation] = useState(0);

  const rights = useMemo(() => rightsOf(document.project.viewerRole, document.viewer), [document]);
  const labels = useMemo(() => new Map(document.labels.map((label) => [label.id, label])), [document]);
  const offered = useMemo(() => document.labels.filter((label) => !label.isArchived), [document]);
  const feed: HighlightFeed = useMemo(() => createHighlightFeed(workbench, labels), [workbench, labels]);
  const segmenters = useMemo(() => createSegmenters(document.language), [document]);
  const selected = selectedId === null ? undefined : workbench.get(selectedId);
  const calmSelectedId = useDeferredValue(selected === undefined ? null : selectedId);
  const isSelecting = selection !== null;
  const look: Look = useMemo(
    () => ({
      selectedId,
      isolatedId: isSelecting || hoveredId === selectedId ? null : hoveredId,
      dimmedLabels,
      patterns,
    }),
    [selectedId, isSelecting, hoveredId, dimmedLabels, patterns],
  );
  const rects = useCallback(() => pane.current?.rectsOf(selection?.fragments ?? []) ?? [], [selection]);

  const visible = useCallback(() => pane.current?.visible() ?? { start: 0, end: 0 }, []);

  // an address that names an annotation leads to it, once it is there
  useEffect(() => {
    const entry = isComplete && requestedId !== null ? workbench.get(requestedId) : undefined;
    if (entry !== undefined)
      void window.document.fonts.ready.then(() => pane.current?.reveal(entry.fragments, true));
  }, [requestedId, isComplete, workbench]);

  const tag = (label: Label): boolean => {
    if (!rights.canAnnotate) return false;
    const place = selection ?? selected;
    if (place === undefined) {
      setArmed(label);
      setSaid(`Each selection becomes ${label.name} until you press Escape.`);
      return true;
    }
    const { fragments, quote } = place;
    const twin = inText.find(
      (entry) => entry.labelId === label.id && JSON.stringify(entry.fragments) === JSON.stringify(fragments),
    );
    pane.current?.clearSelection();
    select(twin?.id ?? workbench.tag({ fragments, quote }, label.id));
    setSaid(twin === undefined ? `Marked as ${label.name}.` : `This is marked as ${label.name} already.`);
    return true;
  };

  const onSelection = (next: TextSelection | null) => {
    setSelection(next);
    if (next?.isFinal !== true) return;
    select(null);
    if (armed === null || !rights.canAnnotate) return;
    pane.current?.clearSelection();
    workbench.tag(next, armed.id);
    setSaid(`Marked as ${armed.name}.`);
  };

  const goTo = (id: string | null) => {
    select(id);
    const entry = id === null ? undefined : workbench.get(id);
    if (entry === undefined) return;
    pane.current?.reveal(entry.fragments, false);
    setSaid(describeAnnotation(entry, labels, inText));
  };

  const pick = (id: string | null) => {
    select(id);
    if (id !== null && isNarrow) inspector.open();
  };

  const remove = (): boolean => {
    if (selected === undefined || !rights.canChange(selected)) return false;
    workbench.remove(selected.id);
    select(null);
    setSaid("Deleted.");
    return true;
  };

  const travel = (side: "undo" | "redo"): true => {
    setSaid(workbench[side]() ?? (side === "undo" ? "Undone." : "Done again."));
    return true;
  };

  const close = (): boolean => {
    if (selection !== null) pane.current?.clearSelection();
    else if (armed !== null) setArmed(null);
    else if (selectedId !== null) select(null);
    else return false;
    return true;
  };

  const walk = (by: 1 | -1): boolean => {
    const visible = inText.filter((entry) => !dimmedLabels.has(entry.labelId));
    const from = selectedId ?? null;
    const next = neighbourOf(visible, from, by, pane.current?.visible().start ?? 0);
    if (next !== null) goTo(next);
    return next !== null;
  };

  const openSelected = (): boolean => {
    if (selected === undefined) return false;
    if (isNarrow) inspector.open();
    window.document.getElementById("annotation-heading")?.focus();
    return true;
  };

  const commands: Readonly<Record<WorkbenchCommand, () => boolean>> = {
    next: () => walk(1),
    previous: () => walk(-1),
    delete: remove,
    undo: () => travel("undo"),
    redo: () => travel("redo"),
    help: () => {
      keys.open();
      return true;
    },
    close,
    open: openSelected,
    relate: () => {
      if (selected === undefined || !rights.canAnnotate) return false;
      setAsksRelation((count) => count + 1);
      return openSelected();
    },
  };
  useWorkbenchKeys(offered, { onLabel: tag, onCommand: (command) => commands[command]() });

  const showInText = useLatest(goTo);
  const deleteSelected = useLatest(remove);
  const list = (
    <DocumentList
      projectId={document.project.id}
      documentId={document.id}
      openCount={calmInText.length}
      onClose={documents.close}
    />
  );
  const panel = (
    <AnnotationsPanel
      document={document}
      workbench={workbench}
      labels={labels}
      rights={rights}
      selectedId={calmSelectedId}
      inText={calmInText}
      dimmedLabels={dimmedLabels}
      visible={visible}
      movement={movement}
      asksRelation={asksRelation}
      isComplete={isComplete}
      onSelect={showInText}
      onHover={setHoveredId}
      onDelete={deleteSelected}
    />
  );

  return (
    <div className={css.page}>
      <TopBar
        crumbs={[
          { label: document.project.name, to: `/projects/${document.project.id}` },
          { label: document.title },
        ]}
        status={<StatusWord workbench={workbench} />}
      />
      <div className={css.workbench} data-documents={showsDocuments && !isNarrow ? "shown" : "hidden"}>
        {!isNarrow && showsDocuments && (
          <nav className={css.documents} aria-label="Documents">
            {list}
          </nav>
        )}
        <main id="main" className={css.middle}>
          <TextBar
            workbench={workbench}
            labels={document.labels}
            inText={calmInText}
            dimmedLabels={dimmedLabels}
            patterns={patterns}
            canUndo={rights.canAnnotate}
            armed={armed}
            said={said}
            isNarrow={isNarrow}
            hasHiddenDocuments={isNarrow || !showsDocuments}
            onDimmed={setDimmedLabels}
            onPatterns={setPatterns}
            onDisarm={() => setArmed(null)}
            onTravel={travel}
            onKeys={keys.open}
            onDocuments={documents.open}
            onInspector={inspector.open}
          />
          <ReadingPane
            ref={pane}
            text={document.text}
            language={document.language}
            feed={feed}
            look={look}
            description={`${inText.length} annotations, listed in the panel “Annotations”. Shift+J and Shift+K walk through them.`}
            header={<DocumentHeader document={document} />}
            onPick={pick}
            onHover={setHoveredId}
            onSelection={onSelection}
            onMove={movement.notify}
          />
          {selection?.isFinal === true && rights.canAnnotate && armed === null && (
            <LabelPalette
              labels={offered}
              quote={selection.quote}
              wordCount={countWords(selection.quote, segmenters)}
              isSheet={isNarrow}
              rects={rects}
              movement={movement}
              onLabel={tag}
              onReshape={(how) => pane.current?.reshapeSelection(how)}
              onAddPart={() => pane.current?.addPartNext()}
            />
          )}
        </main>
        {!isNarrow && (
          <aside className={css.inspector} aria-label="Annotations">
            {panel}
          </aside>
        )}
      </div>
      {isNarrow && (
        <>
          <Drawer
            opened={showsDocuments}
            onClose={documents.close}
            title="Documents"
            size={300}
            closeButtonProps={{ "aria-label": "Close" }}
          >
            {list}
          </Drawer>
          <Drawer
            opened={showsInspector && selection === null}
            onClose={inspector.close}
            position="bottom"
            size="72%"
            title="Annotations"
            closeButtonProps={{ "aria-label": "Close" }}
          >
            {panel}
          </Drawer>
        </>
      )}
      <KeysDialog isOpen={showsKeys} onClose={keys.close} labels={offered} canAnnotate={rights.canAnnotate} />
      <VisuallyHidden live>{said}</VisuallyHidden>
    </div>
  );
}
