/** Statements of keys made by hand, from fixed seeds, honest and not. */
import { createHash } from 'node:crypto';
import { keyPair, signWith } from '#src/adapters/key-pairs.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { canonicalJson } from '#src/protocol/canonical-json.ts';
import { base64url } from '#src/protocol/encoding.ts';
import { keyIdOf, serviceIdOf } from '#src/protocol/fingerprint.ts';
import { type KeyChange, prepareStatement } from '#src/protocol/identity/prepare-statement.ts';
import {
  type KeyStatement,
  type PublicKey,
  type ServiceKeys,
  statementType,
} from '#src/protocol/identity/statement.ts';
import { verifyStatement } from '#src/protocol/identity/verify-statement.ts';
import { jwsCompact, jwsSigningInput } from '#src/protocol/jws.ts';
import type { Json } from '#src/protocol/primitives.ts';
import { isRefusal } from '#src/protocol/refusal.ts';

export interface SigningKey extends PublicKey {
  sign(bytes: Uint8Array): Uint8Array;
}

const bytesOf = (name: string) => new Uint8Array(createHash('sha256').update(name).digest());

/** An Ed25519 key whose seed is the SHA-256 of its name. */
export function signingKey(name: string): SigningKey {
  const pair = keyPair('signing', bytesOf(name));
  if (pair.use !== 'signing') throw new Error('a signing key was asked for');
  return { id: pair.id, publicKey: pair.publicKey, sign: (bytes) => signWith(pair, bytes) };
}

/** No key that anybody could open with: a statement is checked for its length and id alone. */
export function sealingKey(name: string): PublicKey {
  const publicKey = new Uint8Array(1_216).map((_, at) => bytesOf(`${name} ${at >> 5}`)[at & 31] ?? 0);
  return { id: keyIdOf(publicKey, nodePrimitives), publicKey };
}

export const inception = signingKey('inception');
export const recovery = signingKey('recovery');
export const service = serviceIdOf(inception.publicKey, nodePrimitives);

/** Version 1, as a card of this service would say it. */
export const cardKeys: ServiceKeys = {
  service,
  version: 1,
  hash: base64url(bytesOf('the card')),
  signing: [{ id: inception.id, publicKey: inception.publicKey }],
  revoked: [],
  sealing: sealingKey('first'),
  recovery: null,
};

export const at = 1_790_000_000_000;

/** The next statement, signed by this key as an honest service would. */
export function stated(before: ServiceKeys, change: KeyChange, signer: SigningKey): KeyStatement {
  const prepared = prepareStatement(before, bare(change), at + before.version, signer.id);
  if (isRefusal(prepared)) throw new Error(prepared.code);
  const jws = jwsCompact(prepared.signingInput, signer.sign(prepared.signingInput));
  const statement = verifyStatement(jws, before, nodePrimitives);
  if (isRefusal(statement)) throw new Error(statement.code);
  return statement;
}

/** Public halves alone: what a test key can sign with is no part of a statement. */
function bare(change: KeyChange): KeyChange {
  const of = ({ id, publicKey }: PublicKey) => ({ id, publicKey });
  return {
    ...change,
    ...(change.signing && { signing: of(change.signing) }),
    ...(change.recovery && { recovery: of(change.recovery) }),
  };
}

export type Claims = { [member: string]: Json };

export function claimsOf({ jws }: Pick<KeyStatement, 'jws'>): Claims {
  return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as Claims;
}

/** Any claims, signed by any key, under any type. */
export function forged(claims: Json, signer: SigningKey, typ: string = statementType): string {
  const input = jwsSigningInput(typ, signer.id, canonicalJson(claims));
  return jwsCompact(input, signer.sign(input));
}

export const written = ({ id, publicKey }: PublicKey) => ({ id, publicKey: base64url(publicKey) });
