import type { UnixMs } from '#src/protocol/primitives.ts';

interface Given {
  readonly answer: string;
  readonly restBy: string | null;
}

/** The day, to its end in UTC, by which the rest of a partial answer was promised; null where none is, or no longer. */
export function promisedRest(answers: readonly Given[], now: UnixMs): string | null {
  const last = answers.at(-1);
  if (last?.answer !== 'partial' || last.restBy === null) return null;
  return now <= Date.parse(`${last.restBy}T23:59:59.999Z`) ? last.restBy : null;
}
