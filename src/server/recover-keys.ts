/**
 * KEY-1: the signing key is lost, so the node cannot start. Here it gets new keys without starting, and the recovery key says
 * that they are its own; partners are told when it starts again. The old directory is set aside, never deleted.
 */
import { access, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openFileKeyring, replaceFileKeyring } from '#src/adapters/file-keyring.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { openPostgres } from '#src/adapters/postgres/index.ts';
import { recoveryKeys } from '#src/adapters/recovery-key.ts';
import { systemClock } from '#src/adapters/system-clock.ts';
import { keptStatements } from '#src/engine/kept-keys.ts';
import { keysLine, stateKeys } from '#src/engine/own-keys.ts';
import type { Keyring } from '#src/ports/keyring.ts';
import type { Store } from '#src/ports/store.ts';
import { type KeptStatements, newest } from '#src/protocol/identity/take-statement.ts';
import type { KeyId } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import { keyDirectory, keySecret } from './keys.ts';
import type { NodeOptions } from './options.ts';

export interface LostKeys {
  readonly place: Pick<NodeOptions, 'home' | 'keySecretFile' | 'databaseUrl'>;
  /** As it stands on paper. */
  readonly secret: string;
  readonly reason: string;
}

/** Only while no node runs on this home. Refusals: `recovery-secret-invalid`, `recovery-key-missing`, `not-found`. */
export async function recoverLostKeys(lost: LostKeys): Promise<{ version: number; signingKey: KeyId } | Refusal> {
  const { home, databaseUrl } = lost.place;
  const where = databaseUrl === undefined ? { home: join(home, 'database') } : { url: databaseUrl };
  const { database, store } = await openPostgres(where);
  try {
    const own = await database.asActor({ kind: 'node' }, (tx) =>
      tx.selectFrom('service').select(['id', 'inception_key']).where('is_self', '=', true).executeTakeFirst(),
    );
    if (!own) return refuse('not-found');
    return await recover(store, own, lost);
  } finally {
    await store.close();
    await database.close();
  }
}

async function recover(
  store: Store,
  own: { id: string; inception_key: Uint8Array },
  { place, secret, reason }: LostKeys,
) {
  const recovery = recoveryKeys.from(secret);
  if (recovery === null) return refuse('recovery-secret-invalid');
  const kept = await store.unit((unit) => keptStatements(unit, own.id, nodePrimitives));
  if (kept === null) return refuse('not-found');
  const fresh = `${keyDirectory(place)}-new`;
  const begun = await keysOf(fresh, place);
  if (begun === null || !begun.holds(newest(kept).signing[0]?.id ?? '')) {
    const problem = problemOf(kept, recovery.id);
    if (problem !== null) return problem;
    await rm(fresh, { recursive: true, force: true });
    const keyring = await replaceFileKeyring(fresh, own.inception_key, textsOf(kept), keySecret(place));
    const stated = await state(store, kept, keyring, recovery, reason);
    if (isRefusal(stated)) return stated;
  }
  // Cut off before here, the next try finds the new keys named by the newest statement, and goes on.
  await setAside(keyDirectory(place));
  await rename(fresh, keyDirectory(place));
  const after = await store.unit((unit) => keptStatements(unit, own.id, nodePrimitives));
  const now = after && newest(after);
  return { version: now?.version ?? 0, signingKey: now?.signing[0]?.id ?? '' };
}

function problemOf(kept: KeptStatements, recovery: KeyId): Refusal | null {
  const known = newest(kept).recovery;
  if (known === null) return refuse('recovery-key-missing');
  return known.id === recovery ? null : refuse('recovery-secret-invalid');
}

function state(
  store: Store,
  kept: KeptStatements,
  keyring: Keyring,
  recovery: NonNullable<ReturnType<typeof recoveryKeys.from>>,
  reason: string,
) {
  const { signingKey, sealingKey } = keyring.identity;
  const change = {
    signing: signingKey,
    sealing: sealingKey,
    revoke: newest(kept)
      .signing.slice(0, 1)
      .map(({ id }) => id),
  };
  const at = systemClock.now();
  return store.unit(async (unit) => {
    const stated = await stateKeys(unit, change, recovery, at, { keyring, primitives: nodePrimitives });
    if (!isRefusal(stated)) await unit.appendJournal(keysLine(null, change, stated, reason, at));
    return stated;
  });
}

async function keysOf(directory: string, place: LostKeys['place']): Promise<Keyring | null> {
  if (!(await isThere(directory))) return null;
  // What does not open is not what the statement names: it was cut off before.
  return openFileKeyring(directory, keySecret(place)).catch(() => null);
}

async function setAside(directory: string): Promise<void> {
  if (await isThere(directory)) await rename(directory, `${directory}-lost-${systemClock.now()}`);
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function textsOf({ chain }: KeptStatements): string[] {
  const [, ...statements] = chain;
  return statements.map(({ jws }) => jws);
}
