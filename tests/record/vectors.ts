import { jwsCompact } from '#src/protocol/jws.ts';
import type { Json } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { joinSdJwt, serialiseRecord } from '#src/protocol/record/serialise.ts';
import type { RefusalCode } from '#src/protocol/refusal.ts';
import { atlas, draftOf, meridian, openMarking, testRecordId } from './drafts.ts';
import { encode, forge, type Parts, partsOf, replaceDisclosure, salt, sorted } from './forge.ts';
import { issueAs, signAs } from './parties.ts';

type Expected = Pick<VerifiedRecord, 'hash' | 'marking' | 'title' | 'portions' | 'body'>;
export interface RecordVector {
  readonly name: string;
  readonly sdJwt: string;
  /** What is read from a valid one. */
  readonly record?: Expected;
  /** Why an invalid one is refused. */
  readonly refusal?: RefusalCode;
}
export interface RecordVectors {
  readonly about: string;
  readonly keys: readonly { readonly service: string; readonly keyId: string; readonly publicKey: string }[];
  readonly cases: readonly RecordVector[];
}

const marking = { ...openMarking, level: 1 as const, compartments: ['SAHEL'], releasableTo: [meridian.id] };
const original = issueAs(
  atlas,
  draftOf(atlas, {
    title: 'خلية صغيرة',
    marking,
    portions: [
      { text: 'وصل يوم الخميس.', nature: 'fact', marking },
      { text: 'قد يسافر قريبًا.', nature: 'assessment', marking: { ...marking, level: 3 } },
    ],
    body: { reportType: 'lead', urgency: 'urgent' },
  }),
  'vectors',
);
const copyOf = (paths: readonly string[]) =>
  serialiseRecord(
    original,
    new Set(original.disclosures.filter(({ path }) => paths.includes(path)).map((d) => d.digest)),
  );

const expected = ({ hash, marking, title, portions, body }: VerifiedRecord): Expected => {
  return { hash, marking, ...(title !== undefined && { title }), portions, body };
};

/** Signed by the origin, with one thing wrong in the claims. */
function lie(change: (parts: Parts) => void, text?: (payload: string) => string): string {
  const parts = partsOf(original);
  change(parts);
  const payload = sorted(parts.payload);
  return forge(atlas, parts, text?.(payload) ?? payload);
}
const say = (path: string, ...parts: Json[]) =>
  forge(atlas, replaceDisclosure(original, path, sorted([salt, ...parts])));

const ofMeridian = { origin: meridian.id, record: testRecordId(meridian), revision: 1, hash: original.hash };
const foreignReference = { ...ofMeridian, origin: atlas.id };

function invalid(): readonly (readonly [RefusalCode, string, string])[] {
  const whole = serialiseRecord(original);
  const parts = partsOf(original);
  const portion = { text: 'x', nature: 'fact', marking: { level: 1, compartments: ['SAHEL'], handling: [] } };
  const claim = (name: string, value: unknown) => lie(({ payload }) => Object.assign(payload, { [name]: value }));
  const [header = '', payload = '', signature = ''] = original.jwt.split('.');
  const lowered = Buffer.from(payload, 'base64url').toString().replace('"level":1', '"level":0');
  const otherHeader = encode(`{"alg":"Ed25519","kid":"${atlas.keyId}","typ":"sd-jwt"}`);
  const signedOther = Buffer.from(`${otherHeader}.${payload}`);
  return [
    ['record-malformed', 'no tilde at the end', whole.slice(0, -1)],
    ['record-malformed', 'a key-binding JWT at the end', whole + original.jwt],
    ['record-malformed', 'another header, signed', joinSdJwt(jwsCompact(signedOther, signAs(atlas, signedOther)), [])],
    ['record-malformed', 'padding in base64url', whole.replace(`${header}.`, `${header}=.`)],
    ['record-key-unknown', 'another service in the origin’s name', forge(meridian, parts)],
    ['record-signature-invalid', 'one byte of the payload changed', `${header}.${encode(lowered)}.${signature}~`],
    ['record-signature-invalid', 'a signature of zeros', `${header}.${payload}.${'A'.repeat(86)}~`],
    [
      'record-malformed',
      'a space in the payload',
      lie(
        () => {},
        (text) => text.replace(':', ': '),
      ),
    ],
    [
      'record-malformed',
      'a key twice',
      lie(
        () => {},
        (text) => text.replace('"v":1', '"v":1,"v":1'),
      ),
    ],
    ['record-malformed', 'a claim that is not in the list', claim('exp', 1_900_000_000)],
    ['record-id-foreign', 'an id that is another service’s', claim('id', testRecordId(meridian))],
    [
      'record-id-foreign',
      'a link to a record in another’s name',
      say('links', 'links', [{ ...foreignReference, type: 'derived-from' }]),
    ],
    ['record-id-foreign', 'a citation of a record in another’s name', say('cites', 'cites', [foreignReference])],
    [
      'record-id-foreign',
      'in the place of another’s record',
      say('links', 'links', [{ ...ofMeridian, type: 'supersedes' }]),
    ],
    ['record-malformed', 'another hash algorithm', claim('_sd_alg', 'sha-512')],
    ['record-malformed', 'a digest list out of order', claim('_sd', parts.payload._sd.toReversed())],
    ['record-malformed', 'one digest in two lists', claim('_sd', parts.payload.body._sd)],
    ['record-review-date-invalid', 'more than three years to the review', claim('reviewBy', '2028-09-25')],
    ['record-disclosure-unmatched', 'a disclosure without a digest', `${whole}${encode(`["${salt}","title","x"]`)}~`],
    ['record-disclosure-unmatched', 'a disclosure twice', `${whole}${parts.disclosures[0]}~`],
    ['record-disclosure-unmatched', 'a portion among the top-level claims', say('title', portion)],
    ['record-malformed', 'a name that is a mechanism', say('title', '_sd', [])],
    ['record-malformed', 'two fields of one name', say('body/urgency', 'reportType', 'lead')],
    [
      'record-malformed',
      'a salt of fewer than 128 bits',
      forge(atlas, replaceDisclosure(original, 'title', '["c2FsdA","title","x"]')),
    ],
    ['text-unfit', 'a character that cannot be stored', say('title', 'title', 'a\0b')],
    ['text-unfit', 'a title of two lines', say('title', 'title', 'a\nb')],
    ['text-unfit', 'a title that turns its end round', say('title', 'title', 'تقرير\u202egpj.exe')],
    ['text-blank', 'a title in which nothing is read', say('title', 'title', '\u200f\u200f')],
    ['record-disclosure-missing', 'no compartments', copyOf(['title', 'links'])],
    ['record-disclosure-missing', 'no title', copyOf(['compartments', 'links'])],
    ['record-disclosure-missing', 'no links', copyOf(['compartments', 'title'])],
    [
      'marking-below-envelope',
      'a portion below the record',
      say('portions/1', { ...portion, marking: { ...portion.marking, level: 0 } }),
    ],
    [
      'record-portion-nature-missing',
      'a portion that is neither fact nor assessment',
      say('portions/1', { ...portion, nature: 'rumour' }),
    ],
    ['record-title-too-long', 'a title of 301 characters', say('title', 'title', 'x'.repeat(301))],
    [
      'record-too-deep',
      'lists within lists',
      say('body/urgency', 'urgency', JSON.parse('['.repeat(12) + ']'.repeat(12))),
    ],
  ];
}

/** The record vectors, made anew; the same in every run. */
export function recordVectors(): RecordVectors {
  const keys = [atlas].map(({ id, keyId, publicKey }) => {
    return { service: id, keyId, publicKey: Buffer.from(publicKey).toString('base64url') };
  });
  const whole = expected(original);
  const tearLine: Expected = {
    ...whole,
    marking: { ...whole.marking, releasableTo: [] },
    portions: whole.portions.slice(0, 1).map((p) => ({ ...p, marking: { ...p.marking, releasableTo: [] } })),
  };
  const least: Expected = { ...tearLine, portions: [], body: {} };
  const tearLinePaths = [
    'compartments',
    'title',
    'desk',
    'links',
    'cites',
    'body/reportType',
    'body/urgency',
    'portions/0',
  ];
  return {
    about:
      'Whole and reduced records, valid and invalid, with what is read or the refusal code. `keys` are all known keys.',
    keys,
    cases: [
      { name: 'whole', sdJwt: serialiseRecord(original), record: whole },
      { name: 'a tear-line: without the secret portion', sdJwt: copyOf(tearLinePaths), record: tearLine },
      { name: 'the least copy', sdJwt: copyOf(['compartments', 'title', 'links']), record: least },
      ...invalid().map(([refusal, name, sdJwt]) => ({ name, sdJwt, refusal })),
    ],
  };
}
