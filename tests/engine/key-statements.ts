/** Statements of keys as their service, or a thief of its keys, makes them (KEY-1). */
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import type { Keyring } from '#src/ports/keyring.ts';
import { type KeyChange, prepareStatement } from '#src/protocol/identity/prepare-statement.ts';
import type { KeyStatement, ServiceKeys } from '#src/protocol/identity/statement.ts';
import { verifyStatement } from '#src/protocol/identity/verify-statement.ts';
import { jwsCompact } from '#src/protocol/jws.ts';
import { isRefusal, type Refusal } from '#src/protocol/refusal.ts';

/** Who signs a statement of keys. */
export interface Signer {
  readonly id: string;
  sign(bytes: Uint8Array): Promise<Uint8Array> | Uint8Array;
}
export const signerOf = (keyring: Keyring): Signer => {
  const { id } = keyring.identity.signingKey;
  return { id, sign: (bytes) => keyring.sign(bytes, id) };
};

export async function stated(before: ServiceKeys, change: KeyChange, signer: Signer): Promise<KeyStatement> {
  const prepared = prepareStatement(before, change, Date.now(), signer.id);
  if (isRefusal(prepared)) throw new Error(prepared.code);
  const jws = jwsCompact(prepared.signingInput, await signer.sign(prepared.signingInput));
  const statement = verifyStatement(jws, before, nodePrimitives);
  if (isRefusal(statement)) throw new Error(statement.code);
  return statement;
}
export function whole<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(value.code);
  return value;
}
