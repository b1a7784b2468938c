/**
 * A service card: what one service gives another to be known by. Its own `service` record, whole, with the inception key
 * in front, so that the signature is checked before anything of the record is read, and behind it the statements of keys
 * made since (KEY-1), each verified by the one before: `tansiq-card:1:<inception key, base64url>:<SD-JWT>[:<statement>…]`.
 */
import { kindOf } from '#src/kinds/index.ts';
import type { PublicIdentity } from '#src/ports/keyring.ts';
import { problemOfForm } from '#src/protocol/admission/admit-record.ts';
import { digestsWith } from '#src/protocol/correction/portions-again.ts';
import { base64url, fromBase64url } from '#src/protocol/encoding.ts';
import { messageLimits } from '#src/protocol/exchange/message.ts';
import { sealingSuite } from '#src/protocol/exchange/state.ts';
import { keyIdOf, serviceIdOf } from '#src/protocol/fingerprint.ts';
import type { KeyStatement, ServiceKeys } from '#src/protocol/identity/statement.ts';
import { verifyStatement } from '#src/protocol/identity/verify-statement.ts';
import type { KeyId, Language, Primitives, ServiceId, Trilingual, UnixMs } from '#src/protocol/primitives.ts';
import { recordLimits, type VerifiedRecord } from '#src/protocol/record/record.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { verifyRecord } from '#src/protocol/record/verify.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import { isSoundPoint } from '#src/protocol/sound-point.ts';
import { cutText } from '#src/protocol/text.ts';
import type { Signing } from './deps.ts';
import { issue } from './issue.ts';
import { newRecordId } from './record-id.ts';
import { dayOf, daysAfter } from './today.ts';

const prefix = 'tansiq-card:1:';

export interface ServiceCard {
  readonly service: ServiceId;
  readonly code: string;
  readonly names: Trilingual;
  readonly url: string | null;
  readonly inceptionKey: Uint8Array;
  /** By the newest statement: what its signatures are checked with, base64url. */
  readonly signingKeys: { readonly [keyId: KeyId]: string };
  readonly sealingKey: { readonly id: KeyId; readonly publicKey: Uint8Array };
  readonly record: VerifiedRecord;
  /** Version 1 of its keys: what the record itself says. */
  readonly firstKeys: ServiceKeys;
  /** Those that came with the card, oldest first. */
  readonly statements: readonly KeyStatement[];
  /** The whole card, as it is handed over. */
  readonly text: string;
}

/** Signs this service's own card, revision 1. */
export async function makeServiceCard(
  about: { code: string; names: Trilingual; url: string | null; language: Language },
  by: Signing,
  at: UnixMs,
): Promise<ServiceCard | Refusal> {
  const { identity } = by.keyring;
  const record = await issue(
    {
      id: newRecordId(by, at),
      kind: 'service',
      revision: 1,
      previous: null,
      status: 'active',
      origin: identity.service,
      language: about.language,
      createdAt: Math.floor(at / 1_000),
      purpose: 'administration',
      legalBasis: 'KEY-2',
      reviewBy: daysAfter(dayOf(at), 365),
      marking: { level: 0, compartments: [], handling: [], releasableTo: 'any' },
      title: cutText(about.names[about.language], recordLimits.titleCharactersMax),
      desk: 'direction',
      portions: [],
      body: bodyOf(identity, about),
      cites: [],
      links: [],
    },
    by,
  );
  if (isRefusal(record)) return record;
  // REC-2: the list of who may hold it is not for those who are given it.
  const copy = serialiseRecord(record, new Set(digestsWith(record, [])));
  const text = `${prefix}${base64url(identity.inceptionKey)}:${copy}`;
  return readServiceCard(text, by.primitives);
}

function bodyOf(identity: PublicIdentity, about: { code: string; names: Trilingual; url: string | null }) {
  return {
    code: about.code,
    names: { ...about.names },
    url: about.url,
    inceptionKey: base64url(identity.inceptionKey),
    signingKeys: { [identity.signingKey.id]: base64url(identity.signingKey.publicKey) },
    sealingKey: {
      id: identity.sealingKey.id,
      suite: sealingSuite,
      publicKey: base64url(identity.sealingKey.publicKey),
    },
  };
}

/** KEY-2: the inception key, and each under its own id: a key under another's id would stand for the other. */
function areOwnKeys(keys: { readonly [id: KeyId]: string }, inceptionKey: string, primitives: Primitives): boolean {
  return (
    Object.values(keys).includes(inceptionKey) &&
    Object.entries(keys).every(([id, text]) => {
      const key = fromBase64url(text);
      return key !== null && isSoundPoint(key) && keyIdOf(key, primitives) === id;
    })
  );
}

/** Reads a card that someone handed over. Its identity is the fingerprint of its key: who that is, officers compare by voice. */
export function readServiceCard(text: string, primitives: Primitives): ServiceCard | Refusal {
  const card = text.trim();
  const limit = messageLimits.cardCharactersMax;
  if (card.length > limit) return refuse('record-too-large', { at: '/card', limit });
  const [keyText, sdJwt, ...following] = card.startsWith(prefix) ? card.slice(prefix.length).split(':') : [];
  const inceptionKey = keyText === undefined ? null : fromBase64url(keyText);
  if (sdJwt === undefined || inceptionKey?.length !== 32) {
    return refuse('record-malformed', { at: '/card' });
  }
  const service = serviceIdOf(inceptionKey, primitives);
  const keyId = keyIdOf(inceptionKey, primitives);
  const record = verifyRecord(
    sdJwt,
    (origin, key) => (origin === service && key === keyId ? inceptionKey : undefined),
    primitives,
  );
  if (isRefusal(record)) return record;
  const kind = kindOf('service');
  if (record.kind !== 'service' || !kind) return refuse('record-kind-unknown', { at: '/card' });
  const problem = problemOfForm(record, kind);
  if (problem !== null) return problem;
  // problemOfForm has checked the body against the kind's closed schema.
  const body = record.body as unknown as ReturnType<typeof bodyOf>;
  const publicKey = fromBase64url(body.sealingKey.publicKey);
  if (body.inceptionKey !== keyText || body.sealingKey.suite !== sealingSuite || publicKey?.length !== 1_216) {
    return refuse('record-body-invalid', { at: '/sealingKey' });
  }
  if (keyIdOf(publicKey, primitives) !== body.sealingKey.id || !areOwnKeys(body.signingKeys, keyText, primitives)) {
    return refuse('record-body-invalid', { at: '/signingKeys' });
  }
  const sealing = { id: body.sealingKey.id, publicKey };
  const firstKeys = keysOfCard(record, body.signingKeys, keyId, sealing);
  const statements: KeyStatement[] = [];
  for (const jws of following) {
    const statement = verifyStatement(jws, statements.at(-1) ?? firstKeys, primitives);
    if (isRefusal(statement)) return statement;
    statements.push(statement);
  }
  const now = statements.at(-1) ?? firstKeys;
  return {
    service,
    code: body.code,
    names: body.names,
    url: body.url,
    inceptionKey,
    signingKeys: Object.fromEntries(now.signing.map((key) => [key.id, base64url(key.publicKey)])),
    sealingKey: now.sealing,
    record,
    firstKeys,
    statements,
    text: card,
  };
}

/** The keys that the card's own record names: its inception key is the current one. */
function keysOfCard(
  record: VerifiedRecord,
  signingKeys: { readonly [id: KeyId]: string },
  inception: KeyId,
  sealing: ServiceKeys['sealing'],
): ServiceKeys {
  const ids = [inception, ...Object.keys(signingKeys).filter((id) => id !== inception)];
  const signing = ids.map((id) => {
    const publicKey = fromBase64url(signingKeys[id] ?? '');
    if (publicKey === null) throw new Error('areOwnKeys has checked that each is a key');
    return { id, publicKey };
  });
  const { origin: service, hash } = record;
  return { service, version: 1, hash, signing, revoked: [], sealing, recovery: null };
}

/** The card as it is handed over after its keys changed: with these statements in place of those that it had. */
export function cardWith(card: string, statements: readonly string[]): string {
  const ownParts = prefix.split(':').length + 1;
  return [...card.split(':').slice(0, ownParts), ...statements].join(':');
}
