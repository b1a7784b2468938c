import type { CalendarDate, UnixMs } from '../primitives.ts';
import type { CorrectionAnswer, CorrectionChange } from './words.ts';

export interface Asked {
  readonly askedAt: UnixMs | null;
  readonly answer: CorrectionAnswer | null;
  readonly respondBy: CalendarDate;
  readonly today: CalendarDate;
  /** Whether there is any way to the holder: a partner that is not revoked, or a relay to it. */
  readonly reachable: boolean;
}

/** COR-4: how one line of the board stands. What nobody can be made to do is said as it is: asked, answered, no answer. */
export function lineState({ askedAt, answer, respondBy, today, reachable }: Asked): {
  readonly overdue: boolean;
  readonly unreachable: boolean;
} {
  return {
    overdue: askedAt !== null && answer === null && today > respondBy,
    unreachable: answer === null && !reachable,
  };
}

/** COR-2: whether a holder may still answer. What is done is done; what was refused or relied on may become otherwise. */
export function mayAnswer(last: CorrectionAnswer | null): boolean {
  return last !== 'replaced' && last !== 'erased';
}

/** COR-3: what a record rests on was changed after the revision that it cites. */
export function isConcerned(cited: { readonly revision: number }, by: { readonly revision: number }): boolean {
  return cited.revision < by.revision;
}

/**
 * COR-3: a holder's head once a correction is known. Where the new revision did not come, or could not, the old text is
 * not used as if nothing had been said.
 */
export function headStateAfter(
  head: { readonly revision: number; readonly state: 'active' | 'quarantined' | 'equivocal' },
  correction: { readonly change: CorrectionChange; readonly about: { readonly revision: number } },
): 'active' | 'quarantined' | 'equivocal' {
  if (head.state !== 'active') return head.state;
  return head.revision < correction.about.revision ? 'quarantined' : 'active';
}
