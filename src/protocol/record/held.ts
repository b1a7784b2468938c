import type { SecurityLabel } from '../marking/marking.ts';
import type { RecordHash } from '../primitives.ts';
import type { RecordStatus, VerifiedRecord } from './record.ts';

/** What a revision asks of whoever reads it, of that part which a copy shows. */
export type ReaderLabel = Pick<SecurityLabel, 'level' | 'compartments'>;

/** One revision of a record as it is held: by a copy, or by its bare signature (REC-4). */
export interface HeldRevision {
  readonly revision: number;
  readonly hash: RecordHash;
  readonly status: RecordStatus;
  /** Null where only the bare signature is held, which shows no compartments. */
  readonly label: ReaderLabel | null;
}

export function heldOf({ revision, hash, status, marking }: VerifiedRecord): HeldRevision {
  return { revision, hash, status, label: { level: marking.level, compartments: marking.compartments } };
}

/** Whether a reader of what has one label might not see what has the other. */
export function isAbove(one: ReaderLabel, other: ReaderLabel): boolean {
  return one.level > other.level || one.compartments.some((name) => !other.compartments.includes(name));
}
