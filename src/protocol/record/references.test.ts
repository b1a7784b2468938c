import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { kinds } from '#src/kinds/index.ts';
import { good } from '#tests/kinds/bodies.ts';
import { atlas, draftOf, meridian, sahara, testRecordId } from '#tests/record/drafts.ts';
import { entropyFrom, forgedAs, keyOf, type Party } from '#tests/record/parties.ts';
import { base64url } from '../encoding.ts';
import type { Json } from '../primitives.ts';
import { isRefusal } from '../refusal.ts';
import { entropyNeeded, prepareRecord } from './issue.ts';
import { linkTypes, type RecordDraft } from './record.ts';
import { serialiseRecord } from './serialise.ts';
import { verifyRecord } from './verify.ts';

const hash = atlas.id;
const referenceTo = (owner: Party, claimed: Party = owner) => {
  return { origin: claimed.id, record: testRecordId(owner, 7), revision: 1, hash };
};
/** What an honest issuer says of the draft, and what whoever gets it says when it was signed all the same. */
function verdicts(by: Party, draft: RecordDraft): readonly string[] {
  const prepared = prepareRecord(draft, by.keyId, entropyFrom('x', entropyNeeded(draft)), nodePrimitives);
  const taken = verifyRecord(serialiseRecord(forgedAs(by, draft)), keyOf(by), nodePrimitives);
  return [prepared, taken].map((each) => (isRefusal(each) ? `${each.code} ${each.at}` : 'right'));
}
const said = (kind: string, change: Partial<RecordDraft>, body: { [field: string]: Json } = {}) =>
  draftOf(sahara, { kind, body: { ...good[kind], ...own(kind), ...body }, ...change });
/** The body's own reference, of the author's own record: what is varied is elsewhere. */
const own = (kind: string): { [field: string]: Json } => {
  const { record } = referenceTo(sahara);
  if (kind === 'service') return { inceptionKey: base64url(sahara.publicKey) };
  if (kind === 'assent') return { agreement: referenceTo(sahara) };
  return kind === 'permission' || kind === 'correction' ? { record } : {};
};

const names = [...kinds.keys()];
const parties = [atlas, meridian, sahara];

describe('[REC-1] a record that another one names is of the service that its id shows', () => {
  it.each(names)('in every link and citation of a record of the kind %s', (kind) => {
    const reference = fc.record({ owner: fc.constantFrom(...parties), claimed: fc.constantFrom(...parties) });
    fc.assert(
      fc.property(reference, fc.constantFrom(...linkTypes, null), ({ owner, claimed }, type) => {
        const named = referenceTo(owner, claimed);
        const change = type === null ? { cites: [named] } : { links: [{ ...named, type }] };
        const isOfOwn = type === 'supersedes' || type === 'part-of';
        const isRight = owner === claimed && (!isOfOwn || owner === sahara);
        const verdict = isRight ? 'right' : `record-id-foreign ${type === null ? '/cites' : '/links'}`;
        expect(verdicts(sahara, said(kind, change))).toEqual([verdict, verdict]);
      }),
      { numRuns: 60, seed: 9 },
    );
  });

  it.each(['permission', 'correction'])('and nobody decides on another’s by a %s', (kind) => {
    for (const owner of parties) {
      const reference = referenceTo(owner);
      const verdict = owner === sahara ? 'right' : 'record-id-foreign /record';
      const draft = said(kind, { links: [{ ...reference, type: 'about' }] }, { record: reference.record });
      expect(verdicts(sahara, draft)).toEqual([verdict, verdict]);
    }
  });

  it('[KEY-2] and a service card is of the service that its key makes', () => {
    for (const of of parties) {
      const verdict = of === sahara ? 'right' : 'fingerprint-mismatch /inceptionKey';
      const draft = said('service', {}, { inceptionKey: base64url(of.publicKey) });
      expect(verdicts(sahara, draft)).toEqual([verdict, verdict]);
    }
  });

  it('and an assent says whose the agreement is', () => {
    for (const claimed of parties) {
      const verdict = claimed === atlas ? 'right' : 'record-id-foreign /agreement';
      const draft = said('assent', {}, { agreement: referenceTo(atlas, claimed) });
      expect(verdicts(sahara, draft)).toEqual([verdict, verdict]);
    }
  });
});
