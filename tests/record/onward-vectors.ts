/** Vectors of record ids, permissions, statements of holding and letters, for whoever writes a second implementation. */
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { permissionStanding } from '#src/protocol/admission/permission.ts';
import { letterInfo, letterPlaintext } from '#src/protocol/exchange/letter.ts';
import type { LetterMessage } from '#src/protocol/exchange/message.ts';
import { jwsCompact, jwsSigningInput } from '#src/protocol/jws.ts';
import type { Json } from '#src/protocol/primitives.ts';
import { recordIdOf } from '#src/protocol/record/record-id.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { holdingSigningInput, holdingType } from '#src/protocol/release/holding.ts';
import { atlas, draftOf, meridian, sahara, testRecordId } from './drafts.ts';
import { sorted } from './forge.ts';
import { issueAs, type Party, signAs } from './parties.ts';
import { permissionRecord } from './permissions.ts';

const record = issueAs(atlas, draftOf(atlas), 'vectors');
const digests = record.disclosures.filter(({ path }) => path !== 'releasableTo').map(({ digest }) => digest);
const told = {
  origin: atlas.id,
  record: record.id,
  hash: record.hash,
  digests,
  holder: sahara.id,
  relay: meridian.id,
  act: 'received',
  at: 1_758_700_000_000,
} as const;
const signed = (by: Party, input: Uint8Array) => jwsCompact(input, signAs(by, input));
const claims = { v: 1, by: sahara.id, ...told, digests: digests.toSorted() };
const lie = (change: { [claim: string]: Json }, by: Party = sahara) =>
  signed(by, jwsSigningInput(holdingType, by.keyId, sorted({ ...claims, ...change } as Json)));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

export function onwardVectors() {
  const keys = [atlas, meridian, sahara].map(({ id, keyId, publicKey }) => {
    return { service: id, keyId, publicKey: Buffer.from(publicKey).toString('base64url') };
  });
  return { keys, ids: ids(), permissions: permissions(), holdings: holdings(), letters: letters() };
}

function ids() {
  const made = (at: number, random: string) => ({
    origin: atlas.id,
    at,
    random,
    id: recordIdOf(atlas.id, at, Buffer.from(random, 'hex'), nodePrimitives),
  });
  const cases = [made(0, '00000000'), made(1_758_700_000_000, '01020304'), made(2 ** 48 - 1, 'ffffffff')];
  return {
    about:
      'REC-1: the id that an origin makes from a time in milliseconds and four random bytes (hex); `foreign` is nobody’s.',
    cases,
    foreign: cases.map(({ id }) => ({ origin: meridian.id, id })),
  };
}

function permissions() {
  const read = (name: string, body: { readonly [field: string]: unknown } = {}) => {
    const permission = permissionRecord(record, body);
    const standing = permissionStanding(permission);
    const says = isRefusal(standing) ? { refusal: standing.code } : { standing };
    return { name, sdJwt: serialiseRecord(permission), ...says };
  };
  const foreign = issueAs(meridian, draftOf(meridian), 'vectors');
  const ofAnother = { name: 'about another’s record', sdJwt: serialiseRecord(permissionRecord(foreign, {}, atlas.id)) };
  return {
    about: 'PRM-1: permission records of the first key’s service, and what each decides or why it decides nothing.',
    record: serialiseRecord(record),
    cases: [
      read('granted'),
      read('another revision in the body than in the link', { hash: meridian.id }),
      read('granted until a day that is none', { validUntil: '2025-02-30' }),
      read('revoked, and still with an end', { decision: 'revoked' }),
      read('for a purpose that onward does not have', { purpose: 'border-security' }),
      { ...ofAnother, refusal: 'record-id-foreign' },
    ],
  };
}

function holdings() {
  const good = signed(sahara, holdingSigningInput(told, sahara.keyId));
  const released = signed(meridian, holdingSigningInput({ ...told, act: 'released' }, meridian.keyId));
  const invalid: readonly (readonly [string, string])[] = [
    ['signed by the relay in the holder’s name', lie({}, meridian)],
    ['digests out of order', lie({ digests: digests.toSorted().toReversed() })],
    ['a member more', lie({ more: 1 })],
    ['a holder that is its own relay', lie({ relay: sahara.id })],
    ['a record that is not its origin’s', lie({ record: testRecordId(meridian) })],
    ['an unknown act', lie({ act: 'lost' })],
    ['one byte changed', good.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
  ];
  return {
    about: 'REL-3: statements of holding, valid with their claims, and invalid (`holding-invalid`).',
    valid: [
      { statement: good, claims },
      { statement: released, claims: { ...claims, by: meridian.id, act: 'released' } },
    ],
    invalid: invalid.map(([name, statement]) => ({ name, statement })),
  };
}

function letters() {
  const messages: LetterMessage[] = [{ type: 'record', sdJwt: serialiseRecord(record, new Set(digests)) }];
  return {
    about: 'EXC-5: `info` and plaintext (hex) of a letter; sealing is that of spec/vectors/hpke and xwing.',
    to: sahara.id,
    key: sahara.keyId,
    from: atlas.id,
    messages,
    info: hex(letterInfo({ to: sahara.id, key: sahara.keyId })),
    plaintext: hex(letterPlaintext(atlas.id, messages)),
  };
}
