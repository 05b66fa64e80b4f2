// One person's outbox with all that it needs of the browser: storage, the other tabs, the lock, and what wakes it.
import type { ApolloClient } from "@apollo/client";
import { freshAnswers } from "../../apollo/fresh-answers.ts";
import { retryDelay } from "../../apollo/retry-delay.ts";
import { socketState } from "../../apollo/socket-state.ts";
import { onWake } from "../../apollo/wake.ts";
import { WorkStatusFragment } from "../../frame/work-status/work-status.ts";
import type { Person } from "./model/entities.ts";
import { createOutbox, type Outbox } from "./model/outbox.ts";
import { createOutboxStorage } from "./model/outbox-storage.ts";
import { createSender } from "./model/sender.ts";
import { tellOfRefusals } from "./refusal-notice.ts";
import { createSend } from "./send.ts";
import { createTabLock } from "./tab-lock.ts";

export interface StartedOutbox {
  readonly outbox: Outbox;
  /** When what was kept has been read. */
  readonly ready: Promise<void>;
  /** Sends what waits without waiting longer. */
  readonly wake: () => void;
  /** While a document is open its refusals are told on its own page. Answers how to end that. */
  readonly showsItself: (documentId: string) => () => void;
  readonly dispose: () => void;
}

export function startOutbox(client: ApolloClient, viewer: Person): StartedOutbox {
  const name = `concord:outbox:${viewer.id}`;
  const outbox = createOutbox(createOutboxStorage(viewer.id, localStorage), new BroadcastChannel(name));
  const sender = createSender({
    outbox,
    send: createSend(client, viewer),
    exclusively: createTabLock(name),
    pause: retryDelay,
  });
  const notice = tellOfRefusals(outbox);
  // whichever tab it was sent from
  outbox.subscribe(({ change }) => {
    if (change?.kind !== "statusSaved") return;
    const id = client.cache.identify({ __typename: "Document", id: change.document.id }) ?? "";
    client.cache.writeFragment({ id, fragment: WorkStatusFragment, data: change.document });
    freshAnswers.noteChange();
  });
  const ready = outbox.refresh().then(() => {
    if (document.visibilityState === "visible") sender.takeOver();
    else sender.wake();
    notice.look();
  });
  const stopWaking = onWake(({ hasSlept }) => {
    void outbox.refresh().then(() => {
      if (document.visibilityState === "visible") sender.takeOver();
    });
    if (hasSlept) sender.startOver();
    else sender.wake();
  });
  const stopWatching = socketState.subscribe(() => {
    if (socketState.get() === "connected") sender.wake();
  });
  // What the browser keeps needs no asking; what it would not keep is lost with the page.
  const warn = (event: BeforeUnloadEvent) => {
    const { isKept, operations } = outbox.getSnapshot();
    if (!isKept && operations.length > 0) event.preventDefault();
  };
  addEventListener("beforeunload", warn);
  return {
    outbox,
    ready,
    wake: sender.wake,
    showsItself: notice.showsItself,
    dispose() {
      removeEventListener("beforeunload", warn);
      stopWatching();
      stopWaking();
      sender.dispose();
      notice.dispose();
      outbox.dispose();
    },
  };
}
