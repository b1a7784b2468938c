/** What is kept of a service's keys: read back, and written when a statement changes it (KEY-1). */
import type { StoreUnit } from '#src/ports/store.ts';
import type { StoredKeys } from '#src/ports/store-keys.ts';
import type { KeyStatement, PublicKey, ServiceKeys } from '#src/protocol/identity/statement.ts';
import { type KeptStatements, keptAfter, newest, type TakenStatement } from '#src/protocol/identity/take-statement.ts';
import { placeOf, splitStatement, verifyStatement } from '#src/protocol/identity/verify-statement.ts';
import type { KeyId, Primitives, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { cardWith, readServiceCard, type ServiceCard } from './service-card.ts';

/** The statements of a service as they are kept, each verified once more; null for a service that we do not know. */
export async function keptStatements(
  unit: StoreUnit,
  service: ServiceId,
  primitives: Primitives,
): Promise<KeptStatements | null> {
  const text = await unit.card(service);
  if (text === null) return null;
  const card = readServiceCard(text, primitives);
  if (isRefusal(card)) throw new Error(`a kept card does not verify: ${card.code}`);
  const stored = await unit.keyStatements(service);
  const known = new Map<string, KeyStatement>(card.statements.map((statement) => [statement.hash, statement]));
  const before = new Map<string, ServiceKeys>([[card.firstKeys.hash, card.firstKeys], ...known]);
  // Of ascending version, so what each follows has been read before it.
  for (const { jws, hash } of stored) {
    const statement = known.get(hash) ?? verified(jws, hash, before, primitives);
    before.set(hash, statement);
    known.set(hash, statement);
  }
  const inForce =
    stored.length === 0
      ? card.statements
      : of(
          stored.filter((one) => one.inForce),
          known,
        );
  return {
    chain: [card.firstKeys, ...inForce],
    contradicting: of(
      stored.filter((one) => !one.inForce),
      known,
    ),
  };
}

function of(stored: readonly { hash: string }[], known: ReadonlyMap<string, KeyStatement>): KeyStatement[] {
  return stored.flatMap(({ hash }) => known.get(hash) ?? []);
}

/**
 * Statements that were verified once, by hash: each names the one that it was verified by, so that the same text can only
 * come to the same again. What a thousand messages read of one service is then verified once and not a thousand times.
 */
const verifiedBefore = new Map<string, KeyStatement>();
const verifiedBeforeMax = 1_024;

function verified(
  jws: string,
  hash: string,
  before: ReadonlyMap<string, ServiceKeys>,
  primitives: Primitives,
): KeyStatement {
  const same = verifiedBefore.get(hash);
  if (same?.jws === jws && before.has(same.previous)) return same;
  const split = splitStatement(jws);
  const keys = before.get((split && placeOf(split)?.previous) ?? '');
  const statement = keys === undefined ? null : verifyStatement(jws, keys, primitives);
  if (statement === null || isRefusal(statement)) {
    throw new Error('a kept statement of keys follows from none that is kept');
  }
  if (verifiedBefore.size >= verifiedBeforeMax) verifiedBefore.clear();
  verifiedBefore.set(hash, statement);
  return statement;
}

/** Keeps what a statement changes: the statement, the branch that counts, and the keys that everything is checked with. */
export async function keepTaken(
  unit: StoreUnit,
  kept: KeptStatements,
  taken: Exclude<TakenStatement, { verdict: 'known' }>,
  at: UnixMs,
): Promise<KeptStatements> {
  const after = keptAfter(kept, taken);
  const [{ service }, ...inForce] = after.chain;
  const rows = new Map((await unit.keyStatements(service)).map((row) => [row.hash, row.inForce]));
  // Those that fall first: of each version one is in force.
  for (const { version, hash, jws } of after.contradicting) {
    if (rows.get(hash) !== false) await unit.putKeyStatement(service, { version, hash, jws, inForce: false }, at);
  }
  for (const { version, hash, jws } of inForce) {
    if (rows.get(hash) !== true) await unit.putKeyStatement(service, { version, hash, jws, inForce: true }, at);
  }
  await unit.setServiceKeys(service, storedKeysOf(after));
  return after;
}

/** The keys of the newest statement, and the public halves of the revoked ones, which only earlier statements have. */
export function storedKeysOf(kept: KeptStatements): StoredKeys {
  const now = newest(kept);
  const ever = new Map<KeyId, PublicKey>(
    kept.chain.flatMap(({ signing }) => signing.map((key) => [key.id, key] as const)),
  );
  const revoked = now.revoked.flatMap((id) => ever.get(id) ?? []);
  return { version: now.version, signing: byId(now.signing), revoked: byId(revoked), sealing: now.sealing };
}

function byId(keys: readonly PublicKey[]): { readonly [key: KeyId]: Uint8Array } {
  return Object.fromEntries(keys.map(({ id, publicKey }) => [id, publicKey]));
}

/** The card of a service with its statements in force, as it is handed on (KEY-2); null where we do not know it. */
export async function currentCard(unit: StoreUnit, service: ServiceId, primitives: Primitives): Promise<string | null> {
  const text = await unit.card(service);
  const kept = text === null ? null : await keptStatements(unit, service, primitives);
  if (text === null || kept === null) return null;
  const [, ...statements] = kept.chain;
  return cardWith(
    text,
    statements.map(({ jws }) => jws),
  );
}

/** The statements that came with the card of a service that was not known before. */
export async function keepCardKeys(unit: StoreUnit, card: ServiceCard, at: UnixMs): Promise<void> {
  if (card.statements.length === 0) return;
  for (const { version, hash, jws } of card.statements) {
    await unit.putKeyStatement(card.service, { version, hash, jws, inForce: true }, at);
  }
  const kept: KeptStatements = { chain: [card.firstKeys, ...card.statements], contradicting: [] };
  await unit.setServiceKeys(card.service, storedKeysOf(kept));
}
