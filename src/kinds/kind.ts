import type { TSchema } from 'typebox';
import type { ByRelay } from '#src/protocol/admission/admit-record.ts';
import type { NothingElse } from '#src/protocol/admission/nothing-else.ts';
import type { Json, Trilingual } from '#src/protocol/primitives.ts';
import type { RecordLink } from '#src/protocol/record/record.ts';

export type Body = { readonly [field: string]: Json };

/** The words of one kind. Apart from the schema, so that the screen can have them without it. */
export interface KindWords {
  /** Caption of the kind itself. */
  readonly caption: Trilingual;
  /** Caption of each body field, and of each value of a closed list as `field/value`. */
  readonly captions: { readonly [fieldOrValue: string]: Trilingual };
}

/** One kind of record: a body schema, captions and a few rules; nothing else may differ between kinds. */
export interface Kind extends KindWords {
  readonly name: string;
  readonly body: TSchema;
  /** ACC-01: information that leaves only with a source grading. */
  readonly graded: boolean;
  /** Travels before an agreement is in force, because it makes one: service, agreement, assent. */
  readonly foundsTrust: boolean;
  /** REL-3: how it may come from another than its origin; absent: as `with-permission`. */
  readonly byRelay?: ByRelay;
  /** ADM-2: of a kind that asks somebody here for an answer: how many new ones one service may send in a day. */
  readonly newPerDayMax?: number;
  readonly portionsMin: number;
  /** ACC-01, for a kind of which only some bodies carry information: what such a body demands in place of the two above. */
  readonly demands?: (body: Body) => { readonly graded: boolean; readonly portionsMin: number };
  /** Link types that a record of this kind must have at least once, e.g. a disposition `replies-to`. */
  readonly requires: readonly RecordLink['type'][];
  /** REC-6: it says nothing but its own fields. Absent: it is information. */
  readonly nothingElse?: NothingElse;
  /** REC-1: whose record those links name; absent: anybody's. `others`: just one of each type. */
  readonly speaksOf?: 'own' | 'others';
  /** JSON pointer to the first thing wrong with a whole body, by schema and by the kind's own rule; null when all is well. */
  readonly problem: (body: Body) => string | null;
}
