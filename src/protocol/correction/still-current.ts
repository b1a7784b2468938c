import type { RecordHash } from '../primitives.ts';
import type { RecordStatus } from '../record/record.ts';
import { type Refusal, refuse } from '../refusal.ts';

/**
 * Whether a revision may still be given to anyone, as its record stands at this moment. COR-1: what a newer revision
 * replaced is not told any more. COR-3: nor is what was withdrawn, but the withdrawal itself.
 */
export function problemOfStanding(
  revision: { readonly hash: RecordHash; readonly revision: number; readonly status: RecordStatus },
  head: {
    readonly hash: RecordHash;
    readonly revision: number;
    readonly state: 'active' | 'quarantined' | 'equivocal';
  } | null,
): Refusal | null {
  if (head === null) return null;
  if (head.state === 'equivocal') return refuse('revision-equivocation', { at: '/revision' });
  if (head.revision > revision.revision) return refuse('revision-superseded', { at: '/revision' });
  return head.state === 'quarantined' && revision.status === 'active'
    ? refuse('record-withdrawn', { at: '/status' })
    : null;
}
