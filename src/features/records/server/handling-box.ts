/** What a holder may do with a record, in the closed list of sentences that the screen has words for. Pure. */
import type { PermissionUse } from '#src/protocol/admission/permission.ts';
import type { Handling } from '#src/protocol/marking/marking.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import type { HandlingSentence } from '../contract.ts';

export interface HandledRecord {
  readonly origin: ServiceId;
  readonly status: string;
  /** The codes of the record and of every portion that the reader sees. */
  readonly handling: readonly Handling[];
  readonly tlp: readonly string[];
  readonly pap: readonly string[];
  /** PRM-1: uses that a permission in force allows this service today. */
  readonly permitted: ReadonlySet<PermissionUse>;
}
export interface HandlingBox {
  readonly may: HandlingSentence[];
  readonly mayNot: HandlingSentence[];
  /** Whom to ask for more; null where nothing needs asking. */
  readonly ask: ServiceId | null;
}

/**
 * Of a partner's record: what this service may do with it. Of our own: what whoever receives it may do, so that its author
 * sees what the codes allow before giving it away.
 */
export function handlingBox(record: HandledRecord, self: ServiceId): HandlingBox {
  const bound = (code: Handling['code']) => record.handling.some((handling) => handling.code === code);
  const { permitted } = record;
  const verdicts: readonly [HandlingSentence, boolean | null][] = [
    ['act-on-it', record.status === 'active'],
    ['share-within-service', !record.tlp.includes('red')],
    ['use-in-court', !bound('H1')],
    // REL-3: a record goes onward by its origin's permission alone, whether or not H2 says so as well.
    ['pass-onward', false],
    ['publish', false],
    // ACC-09
    ['use-for-other-purpose', false],
    // PRM-1: a permission has its limits, so it lifts nothing in general: what lies beyond it stays forbidden
    ['use-in-court-as-permitted', bound('H1') && permitted.has('judicial') ? true : null],
    ['pass-onward-as-permitted', permitted.has('onward') ? true : null],
    ['publish-as-permitted', permitted.has('publication') ? true : null],
    ['use-for-other-purpose-as-permitted', permitted.has('other-purpose') ? true : null],
    ['act-openly', record.pap.length === 0 ? null : !record.pap.some((pap) => pap === 'red' || pap === 'amber')],
    ['meet-condition', bound('H3') ? false : null],
  ];
  const saying = (verdict: boolean) => verdicts.filter(([, says]) => says === verdict).map(([sentence]) => sentence);
  // ACC-08: what we derived from another's record needs that originator's permission, not ours.
  const elsewhere = record.handling.find(({ originator }) => originator !== self);
  const ask = record.origin === self ? (elsewhere?.originator ?? null) : record.origin;
  return { may: saying(true), mayNot: saying(false), ask };
}
