import type { Clock } from '#src/ports/clock.ts';
import type { UnixMs } from '#src/protocol/primitives.ts';

/** A clock for the demo: it can be put to another moment, from which it runs on at the pace of `real`. */
export interface SettableClock extends Clock {
  /** null: real time again. */
  set(now: UnixMs | null): void;
}

export function settableClock(real: Clock): SettableClock {
  let aheadMs = 0;
  return {
    now: () => real.now() + aheadMs,
    set(now) {
      aheadMs = now === null ? 0 : now - real.now();
    },
  };
}
