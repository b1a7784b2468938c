import type { ReleasableTo } from '../marking/marking.ts';
import type { ServiceId } from '../primitives.ts';
import type { VerifiedRecord } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';

/**
 * PRM-1: the digests that the origin of a record permits to go onward: all but the list of who else may hold it, of the
 * portions only those that are meant. What the record itself keeps from a service, no permission gives it.
 *
 * @param portions by their index; null: every portion of this copy.
 */
export function permittedDigests(
  record: Pick<VerifiedRecord, 'marking' | 'portions' | 'disclosures'>,
  onwardTo: ServiceId,
  portions: readonly number[] | null,
): readonly string[] | Refusal {
  if (!mayGo(record.marking.releasableTo, onwardTo))
    return refuse('release-not-visible-to-partner', { at: '/marking' });
  const going = record.portions
    .filter(({ index, marking }) => (portions?.includes(index) ?? true) && mayGo(marking.releasableTo, onwardTo))
    .map(({ index }) => `portions/${index}`);
  if (record.portions.length > 0 && going.length === 0) return refuse('release-nothing-left', { at: '/portions' });
  const paths = new Set(going);
  return record.disclosures
    .filter(({ path }) => (path.startsWith('portions/') ? paths.has(path) : path !== 'releasableTo'))
    .map(({ digest }) => digest)
    .toSorted();
}

function mayGo(releasableTo: ReleasableTo, service: ServiceId): boolean {
  return releasableTo === 'any' || releasableTo.includes(service);
}
