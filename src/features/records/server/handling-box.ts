/** What a holder may do with a record, in the closed list of sentences that the screen has words for. Pure. */
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
}
export interface HandlingBox {
  readonly may: HandlingSentence[];
  readonly mayNot: HandlingSentence[];
  /** Whom to ask for more; null where nothing needs asking. */
  readonly ask: ServiceId | null;
}

export function handlingBox(record: HandledRecord, self: ServiceId): HandlingBox {
  const ours = record.origin === self;
  // ACC-08: a code binds whoever did not set it, the author of what is derived from it included.
  const binding = record.handling.filter(({ originator }) => originator !== self);
  const bound = (code: Handling['code']) => binding.some((handling) => handling.code === code);
  const readersAlone = record.tlp.includes('red');
  const withinReaders = readersAlone || record.tlp.some((tlp) => tlp.startsWith('amber'));
  const foreign = !ours || binding.length > 0;

  const verdicts: readonly [HandlingSentence, boolean | null][] = [
    ['act-on-it', record.status === 'active'],
    ['share-within-service', !readersAlone],
    ['use-in-court', !bound('H1')],
    // REL-3: what another service wrote goes onward by its permission alone, whether or not H2 says so as well.
    ['pass-onward', ours && !bound('H2') && !withinReaders],
    ['publish', foreign ? false : null],
    // ACC-09
    ['use-for-other-purpose', foreign ? false : null],
    ['act-openly', record.pap.length === 0 ? null : !record.pap.some((pap) => pap === 'red' || pap === 'amber')],
    ['meet-condition', bound('H3') ? false : null],
  ];
  const saying = (verdict: boolean) => verdicts.filter(([, says]) => says === verdict).map(([sentence]) => sentence);
  const mayNot = saying(false);
  const toAsk = ours ? binding[0]?.originator : record.origin;
  return { may: saying(true), mayNot, ask: mayNot.length > 0 ? (toAsk ?? null) : null };
}
