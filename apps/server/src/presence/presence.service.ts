/** Saying where one is, leaving, and being told of others. Reading the document is the right that all three need. */
import { checkFragments, type Fragment } from "@concord/core";
import { requireDocument } from "../access/access.service.ts";
import { requireFragments } from "../annotation/span.ts";
import { type Context, viewerOf } from "../context.ts";
import { badInput } from "../errors.ts";
import { LIMITS, text, uuid } from "../graphql/input-checks.ts";
import type { SharedWatch } from "../live/shared-watch.ts";
import type { Admission } from "./admissions.ts";
import type { LeavePresenceInput, SetPresenceInput } from "./presence.input.ts";
import type { PresentTab } from "./presence-store.ts";

/** Parts of a selection: enough for what a person selects, little enough to tell everybody ten times a second. */
const MAX_PARTS = 20;

/** @throws NOT_FOUND to strangers */
async function admit(ctx: Context, documentId: string): Promise<Admission> {
  const personId = viewerOf(ctx).id;
  const known = ctx.presence.admissions.find(documentId, personId);
  if (known) return known;
  await requireDocument(ctx, documentId, "read");
  const { length } = await ctx.loaders.document.load(documentId);
  return ctx.presence.admissions.add(documentId, personId, length);
}

function checkReading(reading: Fragment, length: number): void {
  const problem = checkFragments([reading], length);
  if (problem)
    throw badInput(`input.reading${problem.key === null ? "" : `.${problem.key}`}`, problem.message);
}

function checkSelection(selection: readonly Fragment[], length: number): void {
  if (selection.length > MAX_PARTS)
    throw badInput(
      "input.selection",
      `input.selection has ${selection.length} parts; at most ${MAX_PARTS} are accepted.`,
    );
  if (selection.length > 0) requireFragments(selection, length, "input.selection");
}

/** The mutations' ids, of which only the form is checked. */
function checkIds(input: { documentId: string; tabId: string; clientMutationId?: string | null }) {
  if (input.clientMutationId != null)
    text(input.clientMutationId, "input.clientMutationId", { max: LIMITS.clientMutationId });
  return {
    documentId: uuid(input.documentId, "input.documentId"),
    tabId: uuid(input.tabId, "input.tabId"),
  };
}

/**
 * Says where the viewer is.
 * @returns when that is forgotten; late where there is a crowd
 * @throws BAD_USER_INPUT naming the field; NOT_FOUND to strangers
 */
export async function setPresence(ctx: Context, input: SetPresenceInput): Promise<Date> {
  const { documentId, tabId } = checkIds(input);
  const annotationId = input.annotationId == null ? null : uuid(input.annotationId, "input.annotationId");
  const editing = input.editing ?? false;
  if (editing && annotationId === null)
    throw badInput("input.editing", "input.editing is accepted only with the annotation in annotationId.");
  const { length } = await admit(ctx, documentId);
  const reading = input.reading ?? null;
  const selection = input.selection ?? [];
  if (reading) checkReading(reading, length);
  checkSelection(selection, length);
  const { id, name } = viewerOf(ctx);
  const place = ({ start, end }: Fragment) => ({ start, end });
  const tab: PresentTab = {
    tabId,
    user: { id, name },
    reading: reading && place(reading),
    selection: selection.map(place),
    annotationId,
    editing,
  };
  return ctx.presence.put(documentId, tab);
}

/**
 * Says that a tab is gone, if it was there.
 * @returns the tab's id
 * @throws BAD_USER_INPUT naming the field; NOT_FOUND to strangers
 */
export async function leavePresence(ctx: Context, input: LeavePresenceInput): Promise<string> {
  const { documentId, tabId } = checkIds(input);
  await admit(ctx, documentId);
  ctx.presence.leave({ documentId, personId: viewerOf(ctx).id, tabId });
  return tabId;
}

/**
 * Who is at a document, now and whenever that changes.
 * @throws NOT_FOUND to strangers
 */
export async function watchPresence(ctx: Context, id: string): Promise<SharedWatch> {
  const documentId = uuid(id, "documentId");
  await requireDocument(ctx, documentId, "read");
  return ctx.presence.watch(documentId, viewerOf(ctx).id);
}
