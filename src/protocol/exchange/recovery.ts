import type { RecordHash } from '../primitives.ts';

/** EXC-4: how far a restored node has gone through the list of what one partner holds of its records. */
export interface RecoveryPlace {
  /** The last hash of the list that is done with; null at its start. */
  readonly after: RecordHash | null;
  /** How many of the page behind it were asked for and are expected; null where none was asked for yet. */
  readonly missing: number | null;
}

export const startOfList: RecoveryPlace = { after: null, missing: null };

/** ADM-2: hashes in one page of the list, and so copies that are asked for at a time. */
export const recoveryPageMax = 500;

export type RecoveryStep =
  /** A page that was not asked for, or comes again. */
  | { readonly next: 'nothing' }
  /** The list is at its end. */
  | { readonly next: 'done' }
  /** These are missing here: they are asked for, and the same page once more. */
  | { readonly next: 'ask'; readonly hashes: readonly RecordHash[]; readonly place: RecoveryPlace }
  /** On to the page after this one; so many of it did not come although they were asked for. */
  | { readonly next: 'go-on'; readonly withheld: number; readonly place: RecoveryPlace };

/**
 * What follows from a page of the list. A page is left behind once everything in it is known here, or once asking again
 * brought nothing more: then the partner does not give what it says it holds, or it is none of ours.
 */
export function takePage(
  place: RecoveryPlace,
  page: { readonly after: RecordHash | null; readonly hashes: readonly RecordHash[] },
  known: ReadonlySet<RecordHash>,
): RecoveryStep {
  // A partner that lost the place where we stand begins again at the start.
  const fits = page.after === place.after || page.after === null;
  if (!fits) return { next: 'nothing' };
  const last = page.hashes.at(-1);
  if (last === undefined) return { next: 'done' };
  const missing = page.hashes.filter((hash) => !known.has(hash));
  const expected = page.after === place.after ? place.missing : null;
  if (missing.length > 0 && (expected === null || missing.length < expected)) {
    return { next: 'ask', hashes: missing, place: { after: page.after, missing: missing.length } };
  }
  return { next: 'go-on', withheld: missing.length, place: { after: last, missing: null } };
}
