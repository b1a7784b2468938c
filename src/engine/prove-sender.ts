/**
 * Whether an opened envelope is of the partner that it names. Base mode authenticates nobody, so before this nothing may
 * depend on the name: whoever has our card could learn from our answer, or from how long it took, whom we know (EXC-1).
 */
import type { KnownService, StoreUnit } from '#src/ports/store.ts';
import { batchType } from '#src/protocol/exchange/batch.ts';
import { signedHeaderOf } from '#src/protocol/exchange/plaintext.ts';
import { queryType } from '#src/protocol/exchange/query.ts';
import { receiptType } from '#src/protocol/exchange/receipt.ts';
import type { EnvelopeHeader } from '#src/protocol/exchange/state.ts';
import { statementLimits, statementType } from '#src/protocol/identity/statement.ts';
import { verifyJws } from '#src/protocol/jws.ts';
import type { KeyId } from '#src/protocol/primitives.ts';
import { type Refusal, type RefusalCode, refuse } from '#src/protocol/refusal.ts';
import type { EngineDeps } from './deps.ts';
import { keptStatements } from './kept-keys.ts';

const jwsTypes = { batch: batchType, receipt: receiptType, query: queryType, keys: statementType } as const;
/** Where every refusal of this file lies: in what the envelope says of its sender. */
const place = '/from';

/** Null: a confirmed partner signed what is inside. Else why not, which our own operator may know and its sender may not. */
export async function problemOfSender(
  unit: StoreUnit,
  header: EnvelopeHeader,
  plaintext: Uint8Array,
  known: KnownService | null,
  deps: Pick<EngineDeps, 'keyring' | 'primitives'>,
): Promise<Refusal | null> {
  const { identity } = deps.keyring;
  const code = codeOf(known, identity.service);
  const keys = await keysOf(unit, header, code === null ? known : null, deps);
  const signed = signedHeaderOf(plaintext, header.type === 'keys' ? statementLimits.bytesMax : undefined);
  const isKnown = (key: KeyId) => Object.hasOwn(keys, key);
  let signer: KeyId | null = null;
  const keyOf = (key: KeyId) => {
    signer = key;
    // Where there is none, our own: it verifies nothing here, and takes as long.
    return (isKnown(key) ? keys[key] : undefined) ?? identity.signingKey.publicKey;
  };
  const verified = verifyJws(signed ?? '', jwsTypes[header.type], keyOf, deps.primitives);
  if (code !== null) return refuse(code, { at: place });
  if (signer !== null && !isKnown(signer)) return refuse('envelope-key-unknown', { at: place });
  return typeof verified === 'string' ? refuse('envelope-signature-invalid', { at: place }) : null;
}

/** What goes back to whoever sent it. */
export function toldToSender(refusal: Refusal): Refusal {
  return refusal.at === place ? refuse('peer-unknown') : refusal;
}

function codeOf(known: KnownService | null, self: string): RefusalCode | null {
  if (!known || known.revoked || known.id === self) return 'peer-unknown';
  return known.confirmed ? null : 'peer-unconfirmed';
}

/** A statement of keys is signed by a key of the statement before it, and that may be a recovery key (KEY-1). */
async function keysOf(
  unit: StoreUnit,
  { type }: EnvelopeHeader,
  partner: KnownService | null,
  { keyring, primitives }: Pick<EngineDeps, 'keyring' | 'primitives'>,
): Promise<{ readonly [key: KeyId]: Uint8Array }> {
  if (type !== 'keys') return partner?.signingKeys ?? {};
  // Of no partner, our own are read: to take as long.
  const kept = await keptStatements(unit, partner?.id ?? keyring.identity.service, primitives);
  if (kept === null || partner === null) return {};
  const keys = [...kept.chain, ...kept.contradicting].flatMap(({ signing, recovery }) => [
    ...signing,
    ...(recovery ? [recovery] : []),
  ]);
  return Object.fromEntries(keys.map(({ id, publicKey }) => [id, publicKey]));
}
