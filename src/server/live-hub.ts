/** Open screens, and what they are told: a topic, at most once in a while, and the end of their session. */
import type { Announce } from '#src/features/handlers.ts';
import { type LiveTopic, liveTopics } from '#src/features/live/contract.ts';
import { nameOfToken } from '#src/features/session/server/sessions.ts';

/** Many changes in a moment become one word. */
const gatherMs = 40;
/** More tabs than anybody looks at. */
export const streamsPerOfficerMax = 16;

export interface Listener {
  readonly token: string;
  readonly officer: string;
  tell(topic: LiveTopic): void;
  end(): void;
}

export interface LiveHub {
  readonly announce: Announce;
  announceAll(): void;
  /** Returns the way out; null where this officer has as many as one may have. */
  join(listener: Listener): (() => void) | null;
  endSession(token: string): void;
  /** Ends what the session of this name follows. */
  endNamed(name: string): void;
  /** Ends what this officer follows, or all but what this session follows. */
  endOfficer(officer: string, except?: string): void;
  close(): void;
}

export function createLiveHub(): LiveHub {
  const listeners = new Set<Listener>();
  const gathered = new Set<LiveTopic>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tellAll = () => {
    timer = undefined;
    const topics = [...gathered];
    gathered.clear();
    for (const listener of listeners) for (const topic of topics) listener.tell(topic);
  };
  const announce: Announce = (topic) => {
    gathered.add(topic);
    timer ??= setTimeout(tellAll, gatherMs);
  };
  return {
    announce,
    announceAll() {
      for (const topic of liveTopics) announce(topic);
    },
    join(listener) {
      const own = [...listeners].filter(({ officer }) => officer === listener.officer);
      if (own.length >= streamsPerOfficerMax) return null;
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    endSession(token) {
      for (const listener of [...listeners]) if (listener.token === token) listener.end();
    },
    endNamed(name) {
      for (const listener of [...listeners]) if (nameOfToken(listener.token) === name) listener.end();
    },
    endOfficer(officer, except) {
      for (const listener of [...listeners]) {
        if (listener.officer === officer && listener.token !== except) listener.end();
      }
    },
    close() {
      clearTimeout(timer);
      for (const listener of [...listeners]) listener.end();
    },
  };
}
