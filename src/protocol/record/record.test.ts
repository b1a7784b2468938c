import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { isRefusal, refuse } from '#src/protocol/refusal.ts';
import { atlas, draftOf, drafts, meridian, openMarking } from '#tests/record/drafts.ts';
import { entropyFrom, issueAs, keyOf } from '#tests/record/parties.ts';
import { joinMarkings } from '../marking/inherit.ts';
import { inEveryCopy } from './disclosed.ts';
import { entropyNeeded, prepareRecord } from './issue.ts';
import type { RecordDraft, VerifiedRecord } from './record.ts';
import { serialiseRecord } from './serialise.ts';
import { verifyRecord } from './verify.ts';

const isInEveryCopy = (path: string) => inEveryCopy.some((name) => name === path);
const verify = (sdJwt: string) => verifyRecord(sdJwt, keyOf(atlas), nodePrimitives);

function believed(sdJwt: string): VerifiedRecord {
  const record = verify(sdJwt);
  if (isRefusal(record)) throw new Error(`refused: ${record.code} at ${record.at}`);
  return record;
}

describe('a record', () => {
  it('[REC-2] comes back from its bytes as its author wrote it', () => {
    fc.assert(
      fc.property(drafts, fc.string(), (draft, seed) => {
        const record = issueAs(atlas, draft, seed);
        expect(believed(serialiseRecord(record))).toEqual(record);
        const { marking, portions, ...rest } = draft;
        // The JSON of the drafts' numbers: a record has no negative zero.
        expect(JSON.parse(JSON.stringify(record))).toMatchObject(JSON.parse(JSON.stringify(rest)));
        expect(record.marking).toEqual(joinMarkings([marking]));
        const inherited = portions.map((portion, index) => {
          return { ...portion, index, marking: joinMarkings([marking, portion.marking]) };
        });
        expect(record.portions).toEqual(inherited);
      }),
      { numRuns: 40 },
    );
  });

  it('[REC-2] verifies in every reduced copy, under one hash', () => {
    const choices = drafts.chain((draft) => {
      const record = issueAs(atlas, draft);
      const optional = record.disclosures.filter(({ path }) => !isInEveryCopy(path));
      return fc.record({ record: fc.constant(record), kept: fc.subarray(optional) });
    });
    fc.assert(
      fc.property(choices, ({ record, kept }) => {
        const always = record.disclosures.filter(({ path }) => isInEveryCopy(path));
        const paths = new Set([...always, ...kept].map(({ path }) => path));
        const copy = believed(serialiseRecord(record, new Set([...always, ...kept].map(({ digest }) => digest))));
        expect(copy.hash).toBe(record.hash);
        expect(copy.disclosures.map(({ path }) => path)).toEqual(
          record.disclosures.map(({ path }) => path).filter((path) => paths.has(path)),
        );
        expect(Object.keys(copy.body)).toEqual(Object.keys(record.body).filter((field) => paths.has(`body/${field}`)));
        expect(copy.portions.map(({ index }) => index)).toEqual(
          record.portions.map(({ index }) => index).filter((index) => paths.has(`portions/${index}`)),
        );
        expect(copy.title).toBe(record.title);
        // A copy that does not say who may have it says: nobody else.
        expect(copy.marking.releasableTo).toEqual(paths.has('releasableTo') ? record.marking.releasableTo : []);
      }),
      { numRuns: 40 },
    );
  });

  it.each(inEveryCopy)('[REL-1] is refused in a copy without its %s', (path) => {
    const record = issueAs(atlas, draftOf(atlas));
    const others = record.disclosures.filter((disclosure) => disclosure.path !== path);
    const copy = serialiseRecord(record, new Set(others.map(({ digest }) => digest)));
    expect(verify(copy)).toEqual(refuse('record-disclosure-missing', { at: `/${path}` }));
  });

  it('[REC-2] is refused when any one byte is changed', () => {
    const sdJwt = serialiseRecord(issueAs(atlas, draftOf(atlas)));
    const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~= é\0';
    fc.assert(
      fc.property(fc.nat(sdJwt.length - 1), fc.constantFrom(...characters), (at, character) => {
        fc.pre(sdJwt[at] !== character);
        expect(isRefusal(verify(sdJwt.slice(0, at) + character + sdJwt.slice(at + 1)))).toBe(true);
      }),
      { numRuns: 300 },
    );
    for (let at = 0; at < sdJwt.length; at += 13) {
      expect(isRefusal(verify(sdJwt.slice(0, at) + sdJwt.slice(at + 1))), `without ${at}`).toBe(true);
    }
  });

  it('[REC-2] gives an answer to whatever bytes arrive', () => {
    const jwt = serialiseRecord(issueAs(atlas, draftOf(atlas)), new Set());
    const pieces = fc.array(fc.constantFrom('~', '.', '~~', jwt, jwt.slice(0, -1), 'WyJ', '[]', 'é', '{"iss":"'), {
      maxLength: 9,
    });
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => isRefusal(verify(text))));
    fc.assert(fc.property(pieces, (parts) => isRefusal(verify(parts.join('')))));
  });

  it('[REC-4] has a hash that covers the signed JWT alone', () => {
    const record = issueAs(atlas, draftOf(atlas));
    const bare = serialiseRecord(record, new Set());
    expect(bare).toBe(`${record.jwt}~`);
    expect(record.hash).toBe(Buffer.from(nodePrimitives.sha256(Buffer.from(record.jwt))).toString('base64url'));
    expect(issueAs(atlas, draftOf(atlas), 'other salts').hash).not.toBe(record.hash);
  });

  it('[REC-2] hides in decoys how much it holds', () => {
    const digests = (change: Partial<RecordDraft>) => {
      const record = issueAs(atlas, draftOf(atlas, change));
      const payload = JSON.parse(Buffer.from(record.jwt.split('.')[1] ?? '', 'base64url').toString());
      return [payload._sd.length, payload.body._sd.length, payload.portions.length];
    };
    const portion = draftOf(atlas).portions[0] as RecordDraft['portions'][number];
    expect(digests({ portions: [] })).toEqual([8, 8, 8]);
    expect(digests({ portions: Array(8).fill(portion) })).toEqual([8, 8, 8]);
    expect(digests({ portions: Array(9).fill(portion) })).toEqual([8, 8, 16]);
  });

  it('[REC-2] never uses a salt twice', () => {
    const record = issueAs(atlas, draftOf(atlas));
    const salts = record.disclosures.map(({ encoded }) => JSON.parse(Buffer.from(encoded, 'base64url').toString())[0]);
    expect(new Set(salts).size).toBe(record.disclosures.length);
    expect(salts.every((salt: string) => Buffer.from(salt, 'base64url').length === 16)).toBe(true);
    const draft = draftOf(atlas);
    const tooLittle = entropyFrom('', entropyNeeded(draft) - 1);
    expect(() => prepareRecord(draft, atlas.keyId, tooLittle, nodePrimitives)).toThrow(RangeError);
  });

  it('[MRK-1] labels each disclosure with what it demands', () => {
    const record = issueAs(
      atlas,
      draftOf(atlas, { marking: { ...openMarking, level: 1, releasableTo: [meridian.id] } }),
    );
    const labels = Object.fromEntries(record.disclosures.map(({ path, label }) => [path, label]));
    const own = { level: 1, compartments: [], releasableTo: [meridian.id] };
    for (const path of ['title', 'desk', 'cites', 'links', 'compartments', 'body/urgency']) {
      expect(labels[path], path).toEqual(own);
    }
    expect(labels['portions/0']).toEqual({ level: 2, compartments: ['SAHEL'], releasableTo: [meridian.id] });
    expect(labels['portions/1']).toEqual({ level: 3, compartments: ['SAHEL'], releasableTo: [meridian.id] });
    // Who may have what is for the origin alone.
    expect(labels.releasableTo).toEqual({ ...own, releasableTo: [] });
  });
});
