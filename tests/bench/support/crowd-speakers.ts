// Watchers who say something again and again, as a page does: not before the last was answered, and not too often.
import type { Socket } from "node:net";

/** What the ids of what they say begin with. */
export const SPOKEN = "s";

/** What they say, and how often. */
export interface SpeakOrder {
  /** The first so many of the watchers; 0 ends it. */
  speakers: number;
  /** At least so long between two, ms. */
  every: number;
  /** As in a watcher's script; `@` becomes a number from 1000 to 1999. */
  message: string;
}

export interface Speakers {
  /** Somebody who could be asked to speak. */
  add(number: number, socket: Socket): void;
  answered(number: number): void;
  /** Replaces what was asked for before. */
  speak(order: SpeakOrder): void;
  reset(): void;
  /** How often somebody spoke, and how long until each was answered, ms. */
  report(): { said: number; answers: number[] };
}

interface Speaker {
  socket: Socket;
  saidAt: number;
  /** Infinite until it is answered. */
  speaksAt: number;
}

/** How exactly the time is kept, ms. */
const TICK = 10;

/** @param send says a message in the name of a watcher */
export function createSpeakers(send: (socket: Socket, message: string, number: number) => void): Speakers {
  const all = new Map<number, Speaker>();
  let timer: NodeJS.Timeout | undefined;
  let every = 0;
  let said = 0;
  let answers: number[] = [];

  function say({ speakers, message }: SpeakOrder): void {
    const now = performance.now();
    for (const [number, speaker] of all) {
      if (number >= speakers || now < speaker.speaksAt) continue;
      speaker.saidAt = now;
      speaker.speaksAt = Number.POSITIVE_INFINITY;
      said++;
      send(speaker.socket, message.replaceAll("@", String(1_000 + (said % 1_000))), number);
    }
  }

  return {
    add(number, socket) {
      all.set(number, { socket, saidAt: 0, speaksAt: 0 });
    },
    answered(number) {
      const speaker = all.get(number);
      if (!speaker) return;
      answers.push(performance.now() - speaker.saidAt);
      speaker.speaksAt = speaker.saidAt + every;
    },
    speak(order) {
      clearInterval(timer);
      if (order.speakers === 0) return;
      every = order.every;
      // Not all in one breath.
      for (const [number, speaker] of all)
        speaker.speaksAt = performance.now() + (every * number) / order.speakers;
      timer = setInterval(say, TICK, order);
    },
    reset() {
      said = 0;
      answers = [];
    },
    report: () => ({ said, answers }),
  };
}
