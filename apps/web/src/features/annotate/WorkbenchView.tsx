// The open workbench: documents on the left, the text, the inspector on the right; under 900 px the sides are drawers.
// Holds what belongs to this person's screen only (selection, filter, what is hovered) and connects the parts.
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { TopBar } from "../../frame/TopBar.tsx";
import type { HighlightFeed, Look } from "../../text/highlight.ts";
import { ReadingPane, type ReadingPaneHandle } from "../../text/ReadingPane.tsx";
import type { TextSelection } from "../../text/selection-control.ts";
import { countWords, createSegmenters } from "../../text/words.ts";
import { VisuallyHidden } from "../../ui/VisuallyHidden.tsx";
import { AnnotationsPanel } from "./AnnotationsPanel.tsx";
import { ArchivedBar } from "./ArchivedBar.tsx";
import { DocumentHeader } from "./DocumentHeader.tsx";
import { DocumentList } from "./DocumentList.tsx";
import { createHighlightFeed } from "./highlight-feed.ts";
import { KeysDialog } from "./KeysDialog.tsx";
import { LabelPalette } from "./LabelPalette.tsx";
import type { Label } from "./model/entities.ts";
import { createMovement } from "./movement.ts";
import { rightsOf } from "./rights.ts";
import { SideSheet } from "./SideSheet.tsx";
import { StatusWord } from "./StatusWord.tsx";
import { TextBar } from "./TextBar.tsx";
import { useLatest } from "./useLatest.ts";
import type { OpenedDocument } from "./useOpenDocument.ts";
import { useSelectedAnnotation } from "./useSelectedAnnotation.ts";
import { useSnapshot } from "./useSnapshot.ts";
import { useStanding } from "./useStanding.ts";
import { useWorkbenchKeys } from "./useWorkbenchKeys.ts";
import css from "./workbench.module.css";
import { createActions } from "./workbench-actions.ts";

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
  // Beside the text the list stays until it is hidden; over it, on a narrow page, only when it is asked for.
  const [showsSide, side] = useDisclosure(true);
  const [showsSheet, sheet] = useDisclosure(false);
  const [showsDocuments, documents] = isNarrow ? [showsSheet, sheet] : [showsSide, side];
  const [showsInspector, inspector] = useDisclosure(false);
  const [asksRelation, setAsksRelation] = useState(0);

  const standing = useStanding(document);
  const { role, isArchived } = standing;
  const rights = useMemo(
    () => rightsOf({ role, viewer: document.viewer, isArchived }),
    [role, document, isArchived],
  );
  const labels = useMemo(() => new Map(document.labels.map((label) => [label.id, label])), [document]);
  const offered = useMemo(() => document.labels.filter((label) => !label.isArchived), [document]);
  const feed: HighlightFeed = useMemo(() => createHighlightFeed(workbench, labels), [workbench, labels]);
  const segmenters = useMemo(() => createSegmenters(document.language), [document]);
  const selected = selectedId === null ? undefined : workbench.get(selectedId);
  const calmSelectedId = useDeferredValue(selected === undefined ? null : selectedId);
  const isSelecting = selection !== null;
  // something that is gone can't be told apart from the rest
  const isHovering = hoveredId !== null && hoveredId !== selectedId && workbench.get(hoveredId) !== undefined;
  const isolatedId = isHovering && !isSelecting ? hoveredId : null;
  const look: Look = useMemo(
    () => ({ selectedId, isolatedId, dimmedLabels, patterns }),
    [selectedId, isolatedId, dimmedLabels, patterns],
  );
  const rects = useCallback(() => pane.current?.rectsOf(selection?.fragments ?? []) ?? [], [selection]);

  const visible = useCallback(() => pane.current?.visible() ?? { start: 0, end: 0 }, []);

  // an address that names an annotation leads to it, once it is there
  useEffect(() => {
    const entry = isComplete && requestedId !== null ? workbench.get(requestedId) : undefined;
    if (entry !== undefined)
      void window.document.fonts.ready.then(() => pane.current?.reveal(entry.fragments, true));
  }, [requestedId, isComplete, workbench]);

  const act = createActions({
    workbench,
    rights,
    labels,
    inText,
    dimmedLabels,
    pane: () => pane.current,
    selectedId,
    selected,
    selection,
    armed,
    select,
    say: setSaid,
    arm: setArmed,
    hover: setHoveredId,
    openInspector: () => {
      if (isNarrow) inspector.open();
    },
    openKeys: keys.open,
    askRelation: () => setAsksRelation((count) => count + 1),
  });
  useWorkbenchKeys(offered, { onLabel: act.tag, onCommand: (command) => act.commands[command]() });

  const onSelection = (next: TextSelection | null) => {
    setSelection(next);
    if (next?.isFinal === true) act.takeSelection(next);
  };

  const showInText = useLatest(act.goTo);
  const deleteSelected = useLatest(act.commands.delete);
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
            armed={rights.canAnnotate ? armed : null}
            said={said}
            isNarrow={isNarrow}
            hasHiddenDocuments={isNarrow || !showsDocuments}
            onDimmed={setDimmedLabels}
            onPatterns={setPatterns}
            onDisarm={() => setArmed(null)}
            onTravel={(side) => act.commands[side]()}
            onKeys={keys.open}
            onDocuments={documents.open}
            onInspector={inspector.open}
          />
          {/* There before there is anything to say, so that it is announced when somebody archives the document. */}
          <div role="status">
            {isArchived && (
              <ArchivedBar document={document} standing={standing} mayTakeOut={rights.canManage} />
            )}
          </div>
          <ReadingPane
            ref={pane}
            text={document.text}
            language={document.language}
            feed={feed}
            look={look}
            description={`${inText.length} annotations, listed in the panel “Annotations”. Shift+J and Shift+K walk through them.`}
            header={<DocumentHeader document={document} />}
            onPick={act.pick}
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
              onLabel={act.tag}
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
          <SideSheet isOpen={showsDocuments} onClose={documents.close} name="Documents" side="left">
            {list}
          </SideSheet>
          <SideSheet
            isOpen={showsInspector && selection === null}
            onClose={inspector.close}
            name="Annotations"
            side="bottom"
          >
            {panel}
          </SideSheet>
        </>
      )}
      <KeysDialog isOpen={showsKeys} onClose={keys.close} labels={offered} canAnnotate={rights.canAnnotate} />
      <VisuallyHidden live>{said}</VisuallyHidden>
    </div>
  );
}
