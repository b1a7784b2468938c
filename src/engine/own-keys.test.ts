import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { memoryKeyring } from '#src/adapters/memory/keyring.ts';
import { memoryStore } from '#src/adapters/memory/store.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { recoveryKeys } from '#src/adapters/recovery-key.ts';
import type { Keyring } from '#src/ports/keyring.ts';
import type { KeyChange } from '#src/protocol/identity/prepare-statement.ts';
import { type KeptStatements, newest } from '#src/protocol/identity/take-statement.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { forgetOldKeys, keptAfterConfirmedMs } from './forget-keys.ts';
import {
  forgetUnnamedKeys,
  ownStatements,
  type StatementSigner,
  settleOwnKeys,
  stateKeys,
  takeIntoUse,
} from './own-keys.ts';
import { makeServiceCard, type ServiceCard } from './service-card.ts';

const now = Date.UTC(2027, 2, 1);
let keyring: Keyring;
let card: ServiceCard;
let store: ReturnType<typeof memoryStore>;
const deps = () => ({ keyring, primitives: nodePrimitives });

function freshStore() {
  const made = memoryStore({ now: () => now });
  const { signingKey, sealingKey, service } = keyring.identity;
  const keys = { signingKeys: { [signingKey.id]: signingKey.publicKey }, sealingKey };
  const shared = { url: null, confirmed: true, revoked: false, carrier: 'link' as const, vouchedBy: null };
  made.addService({ id: service, code: 'atlas', ...keys, ...shared, isSelf: true }, card.text);
  made.addService({ id: 'partner', code: 'partner', ...keys, ...shared, isSelf: false });
  return made;
}
beforeEach(async () => {
  keyring = memoryKeyring();
  const by = { ...deps(), randomBytes: (length: number) => randomBytes(length) };
  const names = { ar: 'أطلس', fr: 'Atlas', en: 'Atlas' };
  const made = await makeServiceCard({ code: 'atlas', names, url: null, language: 'ar' }, by, now);
  if (isRefusal(made)) throw new Error(made.code);
  card = made;
  store = freshStore();
});

const current = (): StatementSigner => {
  const { id } = keyring.identity.signingKey;
  return { id, sign: (bytes) => keyring.sign(bytes, id) };
};
const state = (change: KeyChange, signer = current(), at = now) =>
  store.unit(async (unit) => {
    const statement = await stateKeys(unit, change, signer, at, deps());
    return isRefusal(statement) ? statement.code : ownStatements(unit, deps());
  });
async function stated(change: KeyChange, at = now): Promise<KeptStatements> {
  const kept = await state(change, current(), at);
  if (typeof kept === 'string') throw new Error(kept);
  return kept;
}
/** What a start of the node does. */
async function start() {
  const kept = await store.unit((unit) => settleOwnKeys(unit, deps(), now));
  await takeIntoUse(kept, keyring);
  await forgetUnnamedKeys(kept, keyring);
  return kept;
}

describe('[KEY-1] a change of our keys that is cut off', () => {
  it('before its statement leaves everything as it was, and the new key is destroyed', async () => {
    const before = keyring.identity;
    const orphan = await keyring.make('signing');
    await start();
    expect(keyring.identity).toEqual(before);
    expect(keyring.holds(orphan.id)).toBe(false);
    expect(keyring.keys()).toHaveLength(2);
  });

  it('after its statement is finished at the next start', async () => {
    const [signing, sealing] = [await keyring.make('signing'), await keyring.make('sealing')];
    await stated({ signing, sealing });
    expect(keyring.identity.signingKey.id).not.toBe(signing.id);
    await start();
    expect(keyring.identity.signingKey).toEqual(signing);
    expect(keyring.identity.sealingKey).toEqual(sealing);
    expect(keyring.statements).toHaveLength(1);
    await start();
    expect(keyring.keys()).toHaveLength(4);
  });

  it('stops the node where a key that partners know as ours is not here', async () => {
    const signing = await keyring.make('signing');
    await stated({ signing });
    await keyring.forget(signing.id);
    await expect(start()).rejects.toMatchObject({ name: 'KeyringUnavailable', problem: 'missing' });
  });
});

describe('[EXC-4] a database that was restored from before a change of keys', () => {
  it('learns the statements again from the keyring, and loses no key', async () => {
    await takeIntoUse(await stated({ signing: await keyring.make('signing') }), keyring);
    await takeIntoUse(await stated({ sealing: await keyring.make('sealing') }), keyring);
    const { identity } = keyring;
    store = freshStore();
    expect(newest(await store.unit((unit) => ownStatements(unit, deps()))).version).toBe(1);
    const kept = await start();
    expect(newest(kept).version).toBe(3);
    expect(keyring.identity).toEqual(identity);
    expect(keyring.keys()).toHaveLength(4);
    expect((await store.unit((unit) => unit.serviceKeys(identity.service)))?.version).toBe(3);
  });
});

describe('[KEY-1] the recovery key', () => {
  it('revokes the lost key and goes on; a secret that partners do not know does nothing', async () => {
    const offline = recoveryKeys.from(recoveryKeys.make().secret);
    if (!offline) throw new Error('no recovery key');
    const { id, publicKey } = offline;
    const lost = keyring.identity.signingKey.id;
    const change = async () => ({ signing: await keyring.make('signing'), revoke: [lost] });
    expect(await state(await change(), offline)).toBe('keys-invalid');
    await stated({ recovery: { id, publicKey } });
    const other = recoveryKeys.from(recoveryKeys.make().secret);
    if (!other) throw new Error('no recovery key');
    expect(await state(await change(), other)).toBe('keys-invalid');
    const kept = await state(await change(), offline);
    if (typeof kept === 'string') throw new Error(kept);
    expect(newest(kept)).toMatchObject({ version: 3, revoked: [lost] });
    const keys = await store.unit((unit) => unit.serviceKeys(keyring.identity.service));
    expect(Object.keys(keys?.revoked ?? {})).toEqual([lost]);
    expect(Object.keys(keys?.signing ?? {})).not.toContain(lost);
  });
});

describe('[EXC-1] a sealing key that was replaced is destroyed', () => {
  const later = now + keptAfterConfirmedMs;
  const forget = (at: number) => forgetOldKeys({ ...deps(), store }, at);

  it('a week after the last partner has shown to know the new one, not before', async () => {
    const old = keyring.identity.sealingKey.id;
    await takeIntoUse(await stated({ sealing: await keyring.make('sealing') }), keyring);
    expect(await forget(later * 2)).toEqual([]);
    await store.unit((unit) => unit.noteKeysTold('partner', 1, now));
    expect(await forget(later * 2)).toEqual([]);
    await store.unit((unit) => unit.noteKeysTold('partner', 2, now + 5));
    expect(await forget(later + 4)).toEqual([]);
    expect(keyring.holds(old)).toBe(true);
    expect(await forget(later + 5)).toEqual([old]);
    expect(keyring.holds(old)).toBe(false);
    expect(await forget(later + 5)).toEqual([]);
  });

  it('and never the one in use, nor one that is only just being made', async () => {
    await store.unit((unit) => unit.noteKeysTold('partner', 9, now));
    const making = await keyring.make('sealing');
    expect(await forget(later * 2)).toEqual([]);
    expect(keyring.holds(making.id)).toBe(true);
    expect(keyring.keys()).toHaveLength(3);
  });

  it('a signing key at once: nothing is signed with it any more', async () => {
    const old = keyring.identity.signingKey.id;
    const signing = await keyring.make('signing');
    const kept = await stated({ signing });
    expect(await forget(now)).toEqual([]);
    await takeIntoUse(kept, keyring);
    expect(await forget(now)).toEqual([old]);
    expect(keyring.holds(signing.id)).toBe(true);
  });
});
