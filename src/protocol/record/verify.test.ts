import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import type { Json } from '#src/protocol/primitives.ts';
import { atlas, draftOf, meridian, testRecordId } from '#tests/record/drafts.ts';
import { encode, forge, partsOf, replaceDisclosure, salt, sorted } from '#tests/record/forge.ts';
import { issueAs, keyOf } from '#tests/record/parties.ts';
import { recordLimits } from './record.ts';
import { serialiseRecord } from './serialise.ts';
import { verifyRecord } from './verify.ts';

const record = issueAs(atlas, draftOf(atlas));
const whole = serialiseRecord(record);
const verify = (sdJwt: string) => verifyRecord(sdJwt, keyOf(atlas), nodePrimitives);
const codeOf = (sdJwt: string) => (verify(sdJwt) as { code?: string }).code ?? 'believed';
const encodedAt = (path: string) => record.disclosures.find((each) => each.path === path)?.encoded ?? '';

/** A record by its real key with one claim changed. */
const withClaim = (claim: string, value: unknown) => {
  const parts = partsOf(record);
  parts.payload[claim] = value;
  return codeOf(forge(atlas, parts));
};
/** With one disclosure saying something else. */
const saying = (path: string, value: unknown, name: string | null = path.split('/').at(-1) ?? '') => {
  const parts = name === null ? [salt, value] : [salt, name, value];
  return codeOf(forge(atlas, replaceDisclosure(record, path, sorted(parts as Json))));
};
const portion = (change: object) => {
  const { text, nature, marking } = { text: 'نص', nature: 'fact', marking: { ...clearMarking(), level: 3 }, ...change };
  return { text, nature, marking };
};
const clearMarking = () => {
  const { level, compartments, handling, tlp } = record.marking;
  return { level, compartments, handling, ...(tlp && { tlp }) };
};

describe('verifyRecord', () => {
  it('[REC-2] believes the record that the others are made from, and its parts put together again', () => {
    expect(codeOf(whole)).toBe('believed');
    expect(forge(atlas, partsOf(record))).toBe(whole);
    expect(saying('portions/1', portion({}), null)).toBe('believed');
    expect(saying('title', 'عنوان آخر')).toBe('believed');
  });

  it('[REC-2] wants the key of the origin that the record names', () => {
    expect(codeOf(serialiseRecord(issueAs(meridian, draftOf(meridian))))).toBe('record-key-unknown');
    // Another service signs in the name of Atlas, with its own key and with the key id of Atlas.
    const parts = partsOf(record);
    expect(codeOf(forge(meridian, parts))).toBe('record-key-unknown');
    expect(codeOf(forge({ ...meridian, keyId: atlas.keyId }, parts))).toBe('record-signature-invalid');
    // A key that everyone's signature fits is no key.
    const anyKey = () => new Uint8Array(32);
    const fits = { ...nodePrimitives, ed25519Verify: () => true };
    expect(verifyRecord(whole, anyKey, fits)).toMatchObject({ code: 'record-signature-invalid' });
  });

  it('[REC-2] verifies before it parses: what is not signed is never read', () => {
    const parts = partsOf(record);
    const unsigned = forge(
      { ...meridian, keyId: atlas.keyId },
      parts,
      `{"deep":${'['.repeat(50)},"iss":"${atlas.id}",`,
    );
    expect(codeOf(unsigned)).toBe('record-signature-invalid');
  });

  it('[REC-2] wants the payload in canonical form, with exactly the known claims', () => {
    const parts = partsOf(record);
    const text = sorted(parts.payload);
    expect(codeOf(forge(atlas, parts, text.replace('"iat":', '"iat": ')))).toBe('record-malformed');
    expect(codeOf(forge(atlas, parts, text.replace('"v":1}', '"v":1,"v":1}')))).toBe('record-malformed');
    expect(codeOf(forge(atlas, parts, text.replace('"v":1}', '"v":1.0}')))).toBe('record-malformed');
    expect(withClaim('v', 2)).toBe('record-malformed');
    expect(withClaim('exp', 1)).toBe('record-malformed');
    for (const claim of Object.keys(parts.payload).filter((name) => name !== 'grading')) {
      const without = partsOf(record);
      delete without.payload[claim];
      expect(codeOf(forge(atlas, without)), claim).toBe('record-malformed');
    }
  });

  it.each([
    ['id', ['x', record.id.toUpperCase(), record.id.replace('-7', '-4'), null]],
    ['kind', ['Report', '', 'a'.repeat(41), 1]],
    ['revision', [0, 1.5, 2_147_483_648, '1']],
    ['previous', [record.hash, '', 1]],
    ['status', ['deleted', null]],
    ['language', ['de', 'AR']],
    ['iat', [-1, 1.5, 7_258_118_400, '1']],
    ['purpose', ['any', []]],
    ['legalBasis', ['', 'x'.repeat(201), null]],
    ['grading', [{ source: 'B' }, { source: 'G', information: '2' }, { source: 'B', information: 2 }, null]],
    ['_sd_alg', ['sha-512', null]],
    ['marking', [{ level: 5, handling: [] }, { level: 2 }, { level: 2, handling: [], tlp: 'white' }, null, []]],
  ])('[REC-2] refuses the claim %s in any other form', (claim, values) => {
    for (const value of values) expect(withClaim(claim, value), JSON.stringify(value)).toBe('record-malformed');
  });

  it('[REC-2] wants a previous revision from the second on', () => {
    const second = { revision: 2, previous: record.hash };
    expect(codeOf(serialiseRecord(issueAs(atlas, draftOf(atlas, second))))).toBe('believed');
    expect(withClaim('revision', 2)).toBe('record-malformed');
  });

  it('[ACC-13] wants a review date that exists, not before the record and at most three years after', () => {
    for (const day of ['2025-09-24', '2028-09-24']) {
      expect(codeOf(serialiseRecord(issueAs(atlas, draftOf(atlas, { reviewBy: day })))), day).toBe('believed');
    }
    for (const day of ['2025-09-23', '2028-09-25', '2026-02-30', 'soon', null]) {
      expect(withClaim('reviewBy', day), String(day)).toBe('record-review-date-invalid');
    }
  });

  it('[MRK-1] wants handling codes sorted, with their originator, and a note with H3 alone', () => {
    const marking = (handling: unknown) => withClaim('marking', { level: 2, handling });
    const h = (name: string, more = {}) => ({ code: name, originator: atlas.id, ...more });
    expect(withClaim('marking', record.marking)).toBe('record-malformed');
    for (const handling of [
      [h('H2'), h('H1')],
      [h('H1'), h('H1')],
      [h('H4')],
      [h('H1', { note: 'x' })],
      [{ code: 'H1' }],
    ]) {
      expect(marking(handling), JSON.stringify(handling)).toBe('record-malformed');
    }
    expect(marking([h('H3', { note: 'x'.repeat(501) })])).toBe('record-malformed');
    expect(marking(Array(33).fill(h('H1')))).toBe('record-malformed');
  });

  it('[REC-2] wants digest lists sorted, in blocks of eight, no digest twice', () => {
    const { _sd, body, portions } = partsOf(record).payload;
    expect(withClaim('_sd', _sd.toReversed())).toBe('record-malformed');
    expect(withClaim('_sd', _sd.slice(1))).toBe('record-malformed');
    expect(withClaim('_sd', [])).toBe('record-malformed');
    expect(withClaim('_sd', [..._sd.slice(0, 7), 'x'])).toBe('record-malformed');
    expect(withClaim('_sd', body._sd)).toBe('record-malformed');
    expect(withClaim('body', { _sd: body._sd, decision: 'act' })).toBe('record-malformed');
    expect(withClaim('portions', [...portions.slice(0, 7), portions[0]])).toBe('record-malformed');
    expect(withClaim('portions', [...portions.slice(0, 7), { text: 'clear' }])).toBe('record-malformed');
    expect(withClaim('portions', Array(2_000).fill(portions[0]))).toBe('record-too-many-parts');
  });

  it('[REC-2] wants each disclosure to match one digest, once, in the list of its form', () => {
    const stranger = encode(sorted([salt, 'title', 'x']));
    expect(codeOf(`${whole}${stranger}~`)).toBe('record-disclosure-unmatched');
    expect(codeOf(`${whole}${encodedAt('title')}~`)).toBe('record-disclosure-unmatched');
    expect(codeOf(`${whole}~`)).toBe('record-malformed');
    // A named disclosure among the portions, a portion at the top, a body field at the top, two of one name.
    expect(saying('portions/1', portion({}), 'title')).toBe('record-disclosure-unmatched');
    expect(saying('title', portion({}), null)).toBe('record-disclosure-unmatched');
    expect(saying('title', 'urgent', 'urgency')).toBe('record-malformed');
    expect(saying('title', 'analysis', 'desk')).toBe('record-malformed');
    expect(saying('body/urgency', 'lead', 'reportType')).toBe('record-malformed');
  });

  it('[REC-2] takes no name that RFC 9901 or a language runtime reads as more than a name', () => {
    for (const name of ['_sd', '...', '_sd_alg', '__proto__', 'iss', '', 'a/b']) {
      expect(saying('title', 'x', name), name).toBe('record-malformed');
      expect(saying('body/urgency', 'x', name), name).toBe(name === 'iss' ? 'believed' : 'record-malformed');
    }
    expect(saying('body/urgency', { _sd: [] })).toBe('record-malformed');
    expect(saying('body/urgency', [{ '...': record.hash }])).toBe('record-malformed');
  });

  it('[REC-2] reads a disclosure in one form, with a salt of 128 bits or more', () => {
    const title = (text: string) => codeOf(forge(atlas, replaceDisclosure(record, 'title', text)));
    expect(title(`["${salt}","title","x"]`)).toBe('believed');
    expect(title(`["${salt}", "title", "x"]`)).toBe('record-malformed');
    expect(title(`["${salt}","title","\\u00e9"]`)).toBe('record-malformed');
    expect(title(`["${salt.slice(1)}","title","x"]`)).toBe('record-malformed');
    expect(title(`["${salt}","title","x",1]`)).toBe('record-malformed');
    expect(title(`[1,"title","x"]`)).toBe('record-malformed');
    expect(title(`["${salt}"]`)).toBe('record-malformed');
    expect(title(`["${salt}",1,"x"]`)).toBe('record-malformed');
    expect(title(`{"0":"${salt}"}`)).toBe('record-malformed');
    expect(title('')).toBe('record-malformed');
    // Nothing that a database cannot keep.
    expect(title(`["${salt}","title","a\\u0000b"]`)).toBe('text-unfit');
    expect(saying('body/urgency', { 'a\0': 1 })).toBe('record-malformed');
  });

  it('[REC-2] wants the compartments in every copy', () => {
    const copy = [
      record.jwt,
      ...record.disclosures.filter(({ path }) => path !== 'compartments').map((d) => d.encoded),
    ];
    expect(codeOf(`${copy.join('~')}~`)).toBe('record-disclosure-missing');
    expect(codeOf(`${record.jwt}~`)).toBe('record-disclosure-missing');
  });

  it('[MRK-1] lets no portion fall below the record', () => {
    const below = (change: object) =>
      saying('portions/1', portion({ marking: { ...clearMarking(), ...change } }), null);
    expect(below({})).toBe('believed');
    expect(below({ level: 1 })).toBe('marking-below-envelope');
    expect(below({ compartments: [] })).toBe('marking-below-envelope');
    expect(below({ handling: [] })).toBe('marking-below-envelope');
    expect(below({ tlp: 'green' })).toBe('marking-below-envelope');
    const { tlp: _, ...withoutTlp } = clearMarking();
    expect(saying('portions/1', portion({ marking: withoutTlp }), null)).toBe('marking-below-envelope');
    const lists = { envelope: [meridian.id], portions: ['any', [meridian.id]] };
    expect(saying('releasableTo', lists)).toBe('marking-below-envelope');
    expect(saying('releasableTo', { envelope: 'any', portions: ['any'] })).toBe('record-malformed');
  });

  it('[ACC-05] wants every portion to be fact or assessment', () => {
    const { nature: _, ...without } = portion({});
    expect(saying('portions/0', without, null)).toBe('record-portion-nature-missing');
    expect(saying('portions/0', portion({ nature: 'rumour' }), null)).toBe('record-portion-nature-missing');
    expect(saying('portions/0', portion({ text: '' }), null)).toBe('record-malformed');
    expect(saying('portions/0', { ...portion({}), author: 'x' }, null)).toBe('record-malformed');
    expect(saying('portions/0', portion({ text: 'x'.repeat(20_001) }), null)).toBe('record-too-large');
  });

  it('[REC-2] reads title, desk, compartments, cites and links in their form alone', () => {
    const to = { origin: meridian.id, record: testRecordId(meridian), revision: 1, hash: record.hash };
    expect(saying('links', [{ ...to, type: 'replies-to' }])).toBe('believed');
    expect(saying('title', 'x'.repeat(recordLimits.titleCharactersMax + 1))).toBe('record-title-too-long');
    for (const value of ['', null, 1]) expect(saying('title', value)).toBe('record-malformed');
    for (const value of ['Analysis', 'a', '']) expect(saying('desk', value)).toBe('record-malformed');
    for (const value of [['B', 'A'], ['A', 'A'], [''], ['x'.repeat(41)], null]) {
      expect(saying('compartments', value)).toBe('record-malformed');
    }
    expect(
      saying(
        'compartments',
        Array.from({ length: 17 }, (_, i) => `C${i + 10}`),
      ),
    ).toBe('record-too-many-parts');
    expect(saying('cites', [to, to])).toBe('record-malformed');
    expect(saying('cites', [{ ...to, hash: 'x' }])).toBe('record-malformed');
    expect(saying('cites', Array(201).fill(to))).toBe('record-too-many-parts');
    expect(saying('links', [{ ...to, type: 'refutes' }])).toBe('record-malformed');
    expect(saying('links', [to])).toBe('record-malformed');
    expect(saying('links', Array(201).fill(to))).toBe('record-too-many-parts');
  });

  it('[ADM-2] measures before it reads', () => {
    expect(codeOf('~'.repeat(recordLimits.bytesMax + 1))).toBe('record-too-large');
    expect(codeOf(`${record.jwt}${'~'.repeat(recordLimits.disclosuresMax + 2)}`)).toBe('record-too-many-parts');
    expect(saying('body/urgency', JSON.parse(`${'['.repeat(12)}${']'.repeat(12)}`))).toBe('record-too-deep');
    const parts = partsOf(record);
    const deep = `${sorted(parts.payload).slice(0, -1)},"x":${'['.repeat(20)}${']'.repeat(20)}}`;
    expect(codeOf(forge(atlas, parts, deep))).toBe('record-too-deep');
  });
});
