/** Our own keys: changed by statements that we sign, and settled with the keyring when the node starts (KEY-1). */
import { type Keyring, KeyringUnavailable } from '#src/ports/keyring.ts';
import type { JournalEntry, StoreUnit } from '#src/ports/store.ts';
import { type KeyChange, prepareStatement } from '#src/protocol/identity/prepare-statement.ts';
import type { KeyStatement } from '#src/protocol/identity/statement.ts';
import { type KeptStatements, newest, takeStatement } from '#src/protocol/identity/take-statement.ts';
import { verifyStatement } from '#src/protocol/identity/verify-statement.ts';
import { jwsCompact } from '#src/protocol/jws.ts';
import type { KeyId, Primitives, UnixMs } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal } from '#src/protocol/refusal.ts';
import { keepTaken, keptStatements } from './kept-keys.ts';

export interface KeyDeps {
  readonly keyring: Keyring;
  readonly primitives: Primitives;
}

/** Who signs the next statement: the current signing key, or the recovery key while its secret is at hand. */
export interface StatementSigner {
  readonly id: KeyId;
  sign(bytes: Uint8Array): Promise<Uint8Array> | Uint8Array;
}

export async function ownStatements(unit: StoreUnit, { keyring, primitives }: KeyDeps): Promise<KeptStatements> {
  const kept = await keptStatements(unit, keyring.identity.service, primitives);
  if (kept === null) throw new Error('a node that has keys knows its own card');
  return kept;
}

/**
 * The next statement of ours, signed and kept. Keys that it names must be durable in the keyring already; that they become
 * current there is the caller's next step, after the commit: `takeIntoUse`.
 */
export async function stateKeys(
  unit: StoreUnit,
  change: KeyChange,
  signer: StatementSigner,
  at: UnixMs,
  deps: KeyDeps,
): Promise<KeyStatement | Refusal> {
  const kept = await ownStatements(unit, deps);
  const before = newest(kept);
  const prepared = prepareStatement(before, change, at, signer.id);
  if (isRefusal(prepared)) return prepared;
  const jws = jwsCompact(prepared.signingInput, await signer.sign(prepared.signingInput));
  const statement = verifyStatement(jws, before, deps.primitives);
  // The recovery secret may be another service's, or one that was replaced.
  if (isRefusal(statement)) return statement;
  await keepTaken(unit, kept, { verdict: 'follows', statement }, at);
  return statement;
}

/** JRN-1: the line on a change of our keys, by the officer who wanted it, or by the node where nobody is signed in. */
export function keysLine(
  officer: string | null,
  change: KeyChange,
  { service, hash }: KeyStatement,
  reason: string,
  at: UnixMs,
): JournalEntry {
  const actorKind = officer === null ? 'node' : 'officer';
  return { at, actorKind, actor: officer, act: actOf(change), record: null, hash, service, reason };
}

function actOf({ signing, sealing, revoke }: KeyChange): string {
  if (revoke !== undefined) return 'keys.recovered';
  if (signing !== undefined) return 'keys.signing-rotated';
  return sealing !== undefined ? 'keys.sealing-rotated' : 'keys.recovery-made';
}

/**
 * The keyring uses what the newest statement says. Safe to repeat. Throws `KeyringUnavailable` where a key that partners
 * know as ours is not here: with an older one the service would speak as if nothing had happened since.
 */
export async function takeIntoUse(kept: KeptStatements, keyring: Keyring): Promise<void> {
  const { signing, sealing } = newest(kept);
  const [, ...statements] = kept.chain;
  const [current] = signing;
  if (!current || !keyring.holds(current.id)) throw new KeyringUnavailable('missing', `signing key ${current?.id}`);
  if (!keyring.holds(sealing.id)) throw new KeyringUnavailable('missing', `sealing key ${sealing.id}`);
  const texts = statements.map(({ jws }) => jws);
  const { signingKey, sealingKey } = keyring.identity;
  const same =
    signingKey.id === current.id && sealingKey.id === sealing.id && texts.join() === keyring.statements.join();
  if (!same) await keyring.use({ signing: current.id, sealing: sealing.id, statements: texts });
}

/**
 * At the start: a change that was cut off is finished or undone. Statements that only the keyring has come back into a
 * database that was restored from before them; keys that no statement ever named are destroyed.
 */
export async function settleOwnKeys(unit: StoreUnit, deps: KeyDeps, at: UnixMs): Promise<KeptStatements> {
  let kept = await ownStatements(unit, deps);
  for (const jws of deps.keyring.statements) {
    const taken = takeStatement(jws, kept, deps.primitives);
    if (isRefusal(taken) || taken.verdict !== 'follows') continue;
    kept = await keepTaken(unit, kept, taken, at);
  }
  return kept;
}

/** Keys that were made for a statement that never came. Only while nobody can be making one: at the start. */
export async function forgetUnnamedKeys(kept: KeptStatements, keyring: Keyring): Promise<void> {
  const named = new Set(
    [...kept.chain, ...kept.contradicting].flatMap(({ signing, sealing }) => [
      ...signing.map(({ id }) => id),
      sealing.id,
    ]),
  );
  const { signingKey, sealingKey } = keyring.identity;
  for (const { id } of keyring.keys()) {
    if (!named.has(id) && id !== signingKey.id && id !== sealingKey.id) await keyring.forget(id);
  }
}
