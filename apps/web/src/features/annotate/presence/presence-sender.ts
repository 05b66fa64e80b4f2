// Says where one is: soon after it changed, at most five times a second, and now and then although nothing did, since who
// falls silent counts as gone. Says nothing while there is nobody to hear it.

export interface PresenceSender {
  /** Something changed, or one can be heard again. */
  changed(): void;
  dispose(): void;
}

export interface PresenceSenderOptions {
  /** What there is to say. */
  readonly present: () => object;
  readonly send: (present: object) => Promise<unknown>;
  /** False while the page is hidden or there is no connection; whoever ends that calls `changed`. */
  readonly canSend: () => boolean;
}

const BETWEEN_MS = 200;
const SIGN_OF_LIFE_MS = 4000;

export function createPresenceSender({ present, send, canSend }: PresenceSenderOptions): PresenceSender {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let said: string | null = null;
  let saidAt = Number.NEGATIVE_INFINITY;
  let isSending = false;
  let isOver = false;

  function plan(): void {
    clearTimeout(timer);
    if (isSending || isOver || !canSend()) return;
    const wait = JSON.stringify(present()) === said ? SIGN_OF_LIFE_MS : BETWEEN_MS;
    timer = setTimeout(say, Math.max(0, saidAt + wait - Date.now()));
  }

  async function say(): Promise<void> {
    if (!canSend()) return;
    const now = present();
    said = JSON.stringify(now);
    saidAt = Date.now();
    isSending = true;
    try {
      await send(now);
    } catch {
      // The next sign of life is the next try; what is lost is out of date by then.
    }
    isSending = false;
    plan();
  }

  return {
    changed: plan,
    dispose() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
