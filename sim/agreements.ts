import type { AgreementStanding } from '#src/protocol/admission/agreement-terms.ts';
import type { Level } from '#src/protocol/marking/marking.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import type { Purpose } from '#src/protocol/record/record.ts';
import type { Random } from './random.ts';

export const compartments = ['falcon', 'harbour'] as const;
export const simPurposes = ['terrorism-prevention', 'organised-crime'] as const satisfies readonly Purpose[];

/** What each service believes to be agreed with each other one: `${who} ${with}`. */
export type Agreements = ReadonlyMap<string, AgreementStanding>;

/**
 * Agreements between all pairs that are linked. Now and then one side holds it to be narrower or ended already, as between an ending
 * and its arrival: then the other side's records are refused at the door, and the refusals must come back.
 */
export function drawAgreements(pairs: readonly (readonly [ServiceId, ServiceId])[], random: Random): Agreements {
  const agreements = new Map<string, AgreementStanding>();
  for (const [one, other] of pairs) {
    const terms: AgreementStanding = {
      ceiling: random.between(2, 4) as Level,
      compartments: random.some(compartments, 0.8),
      purposes: random.chance(0.9) ? [...simPurposes] : ['terrorism-prevention'],
      validFrom: '2026-01-01',
      validUntil: '2026-12-31',
      ourAssentAt: 1,
      theirAssentAt: 1,
      endedAt: null,
    };
    agreements.set(`${one} ${other}`, otherwise(terms, random));
    agreements.set(`${other} ${one}`, otherwise(terms, random));
  }
  return agreements;
}

function otherwise(terms: AgreementStanding, random: Random): AgreementStanding {
  if (random.chance(0.06)) return { ...terms, endedAt: 1 };
  return random.chance(0.12) ? { ...terms, ceiling: 1, compartments: [] } : terms;
}
