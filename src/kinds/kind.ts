import type { TSchema } from 'typebox';
import type { Trilingual } from '#src/protocol/primitives.ts';
import type { RecordLink } from '#src/protocol/record/record.ts';

/** One kind of record: a body schema, captions and a few rules; nothing else may differ between kinds. */
export interface Kind {
  readonly name: string;
  readonly body: TSchema;
  /** Caption of the kind itself. */
  readonly caption: Trilingual;
  /** Caption of each body field, and of each value of a closed list as `field/value`. */
  readonly captions: { readonly [fieldOrValue: string]: Trilingual };
  /** ACC-01: information that leaves only with a source grading. */
  readonly graded: boolean;
  /** Travels before an agreement is in force, because it makes one: service, agreement, assent. */
  readonly foundsTrust: boolean;
  readonly portionsMin: number;
  /** Link types that a record of this kind must have at least once, e.g. a disposition `replies-to`. */
  readonly requires: readonly RecordLink['type'][];
}
