/** KEY-2 for a second implementation: cards, and what is read from them or why they are refused. */
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { readServiceCard } from '#src/engine/service-card.ts';
import { digestsWith } from '#src/protocol/correction/portions-again.ts';
import { base64url } from '#src/protocol/encoding.ts';
import { sealingSuite } from '#src/protocol/exchange/state.ts';
import { spokenFingerprint } from '#src/protocol/fingerprint.ts';
import type { Json } from '#src/protocol/primitives.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { recovery, sealingKey, stated } from '#tests/keys/statements.ts';
import { atlas, draftOf, meridian, openMarking } from '#tests/record/drafts.ts';
import { forgedAs, type Party, signAs } from '#tests/record/parties.ts';

const sealing = sealingKey('of the card');
const body = {
  code: 'atlas',
  names: { ar: 'أطلس', fr: 'Atlas', en: 'Atlas' },
  url: 'https://atlas.example',
  inceptionKey: base64url(atlas.publicKey),
  signingKeys: { [atlas.keyId]: base64url(atlas.publicKey) },
  sealingKey: { id: sealing.id, suite: sealingSuite, publicKey: base64url(sealing.publicKey) },
};

function recordSaying(change: { readonly [field: string]: Json }, kind = 'service') {
  const { grading: _, ...draft } = draftOf(atlas);
  return forgedAs(atlas, {
    ...draft,
    kind,
    purpose: 'administration',
    marking: openMarking,
    title: 'أطلس',
    desk: 'direction',
    portions: [],
    body: { ...body, ...change },
  });
}

function cardOf(record = recordSaying({}), by: Pick<Party, 'publicKey'> = atlas): string {
  const copy = serialiseRecord(record, new Set(digestsWith(record, [])));
  return `tansiq-card:1:${base64url(by.publicKey)}:${copy}`;
}

function read(text: string) {
  const card = readServiceCard(text, nodePrimitives);
  if (isRefusal(card)) throw new Error(card.code);
  return card;
}

const signer = { id: atlas.keyId, publicKey: atlas.publicKey, sign: (bytes: Uint8Array) => signAs(atlas, bytes) };
const first = cardOf();
const named = stated(read(first).firstKeys, { recovery }, signer);
const resealed = stated(named, { sealing: sealingKey('after the card') }, signer);

/** Valid ones: as it was made, and with the statements of keys since. */
export const cards: readonly string[] = [first, `${first}:${named.jws}:${resealed.jws}`];

const invalid: readonly (readonly [string, string])[] = [
  ['another prefix', first.replace('tansiq-card:1:', 'tansiq-card:2:')],
  ['the key of another in front', cardOf(recordSaying({}), meridian)],
  ['no record', first.split(':').slice(0, 3).join(':')],
  ['a record of another kind', cardOf(recordSaying({}, 'report'))],
  ['another inception key within', cardOf(recordSaying({ inceptionKey: base64url(meridian.publicKey) }))],
  [
    'no inception key among the signing keys',
    cardOf(recordSaying({ signingKeys: { [meridian.keyId]: base64url(meridian.publicKey) } })),
  ],
  [
    'a key under the id of another',
    cardOf(recordSaying({ signingKeys: { ...body.signingKeys, [meridian.keyId]: base64url(atlas.publicKey) } })),
  ],
  [
    'a sealing key under the id of another',
    cardOf(recordSaying({ sealingKey: { ...body.sealingKey, id: atlas.keyId } })),
  ],
  [
    'a copy without the address',
    first
      .split('~')
      .filter((part) => !isField(part, 'url'))
      .join('~'),
  ],
  ['a statement that does not follow', `${first}:${resealed.jws}`],
  ['a statement twice', `${first}:${named.jws}:${named.jws}`],
];

function isField(encoded: string, name: string): boolean {
  return Buffer.from(encoded, 'base64url').toString().includes(`,"${name}",`);
}

export function cardVectors(): object {
  return {
    about:
      'KEY-2: whole service cards. Valid ones with the service, its spoken fingerprint and the keys in force; invalid ones with the refusal. Sealing keys are 1216 bytes that nobody can open with: a node that tries a key before it keeps it takes them for good here.',
    valid: cards.map((text) => {
      const {
        service,
        record,
        signingKeys,
        sealingKey: { id },
      } = read(text);
      return {
        card: text,
        service,
        spoken: spokenFingerprint(service),
        hash: record.hash,
        signingKeys,
        sealingKey: id,
      };
    }),
    invalid: invalid.map(([name, text]) => {
      const refusal = readServiceCard(text, nodePrimitives);
      if (!isRefusal(refusal)) throw new Error(`${name}: nothing is wrong with it`);
      return { name, card: text, refusal: refusal.code };
    }),
  };
}
