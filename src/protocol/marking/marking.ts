import type { ServiceId } from '../primitives.ts';

/** Classification, 0 unclassified … 4 top secret; national names are mapped per agreement. */
export const levels = [0, 1, 2, 3, 4] as const;
export type Level = (typeof levels)[number];

/**
 * Europol handling codes. H0: no condition beyond the purpose. H1: not in judicial proceedings without the
 * originator's permission. H2: not onward without it. H3: other condition, in `note`.
 */
export const handlingCodes = ['H0', 'H1', 'H2', 'H3'] as const;
export type HandlingCode = (typeof handlingCodes)[number];

export interface Handling {
  readonly code: HandlingCode;
  readonly originator: ServiceId;
  /** Only with H3, at most 500 characters. */
  readonly note?: string;
}

/** FIRST Traffic Light Protocol 2.0. */
export const tlpLabels = ['red', 'amber+strict', 'amber', 'green', 'clear'] as const;
export type Tlp = (typeof tlpLabels)[number];
/** Permissible Actions Protocol. */
export const papLabels = ['red', 'amber', 'green', 'clear'] as const;
export type Pap = (typeof papLabels)[number];

/** `any`: every partner whose agreement covers it. A list: these alone. The empty list: nobody outside the holder. */
export type ReleasableTo = 'any' | readonly ServiceId[];

/** What a record, or one portion of it, demands of whoever holds it. */
export interface Marking {
  readonly level: Level;
  readonly compartments: readonly string[];
  readonly handling: readonly Handling[];
  readonly releasableTo: ReleasableTo;
  readonly tlp?: Tlp;
  readonly pap?: Pap;
}

/** What the access policy compares with a reader: the only part of a marking that SQL sees. */
export interface SecurityLabel {
  readonly level: Level;
  readonly compartments: readonly string[];
  readonly releasableTo: ReleasableTo;
}
