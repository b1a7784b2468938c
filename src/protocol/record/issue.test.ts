import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { atlas, draftOf } from '#tests/record/drafts.ts';
import { entropyFrom } from '#tests/record/parties.ts';
import { entropyNeeded, issueRecord, prepareRecord } from './issue.ts';
import type { Portion, RecordDraft } from './record.ts';

const prepare = (draft: RecordDraft) =>
  prepareRecord(draft, atlas.keyId, entropyFrom('issue', entropyNeeded(draft)), nodePrimitives);
const refusalOf = (change: Partial<RecordDraft>) => prepare(draftOf(atlas, change));
const [portion] = draftOf(atlas).portions as [Portion];

describe('prepareRecord', () => {
  it('[REC-2] refuses a draft that its partners would refuse, with the same code and place', () => {
    expect(prepare(draftOf(atlas))).toHaveProperty('signingInput');
    const title = 'x'.repeat(301);
    expect(refusalOf({ title })).toMatchObject({ code: 'record-title-too-long', at: '/title', limit: 300 });
    expect(refusalOf({ reviewBy: '2030-01-01' })).toMatchObject({ code: 'record-review-date-invalid' });
    expect(refusalOf({ revision: 2 })).toMatchObject({ code: 'record-malformed', at: '/previous' });
    expect(refusalOf({ origin: 'atlas' })).toMatchObject({ code: 'record-malformed', at: '/iss' });
    expect(refusalOf({ desk: 'No Desk' })).toMatchObject({ code: 'record-malformed', at: '/desk' });
    expect(refusalOf({ body: { 'not a name': 1 } })).toMatchObject({ code: 'record-malformed' });
    const long = { ...portion, text: 'x'.repeat(20_001) };
    expect(refusalOf({ portions: [long] })).toMatchObject({ code: 'record-too-large', at: '/portions/0/text' });
  });

  it('[REC-2] refuses what cannot be signed or stored instead of changing it', () => {
    for (const text of ['half a character \ud83d', 'a\0b']) {
      const unfit = (at: string) => ({ code: 'text-unfit', at, limit: text.length === 3 ? 2 : text.length });
      expect(refusalOf({ title: text })).toMatchObject(unfit('/title'));
      expect(refusalOf({ portions: [portion, { ...portion, text }] })).toMatchObject(unfit('/portions/1/text'));
      expect(refusalOf({ body: { reason: text } })).toMatchObject(unfit('/reason'));
      expect(refusalOf({ body: { results: [{ says: text }] } })).toMatchObject(unfit('/results/0/says'));
      expect(refusalOf({ legalBasis: text })).toMatchObject(unfit('/legalBasis'));
      const compartments = [text];
      expect(refusalOf({ marking: { ...portion.marking, compartments } })).toMatchObject(unfit('/compartments/0'));
      const handling = [{ code: 'H3' as const, originator: atlas.id, note: text }];
      expect(refusalOf({ marking: { ...portion.marking, handling } })).toMatchObject({
        code: 'text-unfit',
      });
    }
    expect(refusalOf({ body: { count: Number.NaN } })).toMatchObject({ code: 'record-malformed' });
  });

  it('[TXT-3] wants something to read in every text', () => {
    for (const text of ['\u200f', ' — ', '…']) {
      expect(refusalOf({ title: text })).toMatchObject({ code: 'text-blank', at: '/title' });
      expect(refusalOf({ portions: [{ ...portion, text }] })).toMatchObject({ code: 'text-blank' });
      expect(refusalOf({ body: { reason: text } })).toMatchObject({ code: 'text-blank', at: '/reason' });
      expect(refusalOf({ legalBasis: text })).toMatchObject({ code: 'text-blank', at: '/legalBasis' });
    }
  });

  it('[TXT-1] keeps a title, a legal basis and a compartment on one line, and the text of a portion on many', () => {
    const text = 'one\ntwo';
    expect(refusalOf({ portions: [{ ...portion, text }] })).toHaveProperty('signingInput');
    expect(refusalOf({ title: text })).toMatchObject({ code: 'text-unfit', at: '/title', limit: 4 });
    expect(refusalOf({ legalBasis: text })).toMatchObject({ code: 'text-unfit', at: '/legalBasis', limit: 4 });
    const marking = { ...portion.marking, compartments: [text] };
    expect(refusalOf({ marking })).toMatchObject({ code: 'text-unfit', at: '/compartments/0', limit: 4 });
  });

  it('[ADM-2] refuses too many portions before it works on any', () => {
    const portions = Array<Portion>(501).fill(portion);
    expect(refusalOf({ portions })).toMatchObject({ code: 'record-too-many-parts', at: '/portions', limit: 500 });
    expect(refusalOf({ portions: portions.slice(1) })).toHaveProperty('signingInput');
  });

  it('[ADM-2] refuses a record above the size that any node takes', () => {
    const long = { ...portion, text: 'ع'.repeat(20_000) };
    expect(refusalOf({ portions: Array<Portion>(70).fill(long) })).toHaveProperty('signingInput');
    expect(refusalOf({ portions: Array<Portion>(90).fill(long) })).toMatchObject({
      code: 'record-too-large',
      limit: 4_194_304,
    });
  });

  it('throws when our own keyring gives no signature', () => {
    const prepared = prepare(draftOf(atlas));
    if ('refused' in prepared) throw new Error(prepared.code);
    expect(() => issueRecord(prepared, new Uint8Array(63), nodePrimitives)).toThrow(RangeError);
  });
});
