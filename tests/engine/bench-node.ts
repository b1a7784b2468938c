/** One real engine on a real store, with a partner made by hand on the other end of the wire. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileKeyring } from '#src/adapters/file-keyring.ts';
import { hpkeSealer } from '#src/adapters/hpke-sealer.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { openPostgres } from '#src/adapters/postgres/index.ts';
import type { EngineDeps } from '#src/engine/deps.ts';
import { createEngine, type Engine } from '#src/engine/engine.ts';
import { makeServiceCard, type ServiceCard } from '#src/engine/service-card.ts';
import type { Database } from '#src/ports/database.ts';
import type { Keyring } from '#src/ports/keyring.ts';
import type { Store } from '#src/ports/store.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { FakePeer } from './fake-peer.ts';
import { type Faults, faultyStore } from './faulty-store.ts';

export interface BenchNode {
  readonly engine: Engine;
  readonly database: Database;
  readonly store: Store;
  readonly keyring: Keyring;
  readonly peer: FakePeer;
  /** The store as the engine has it; `store` never throws what was asked for. */
  readonly faulty: Store;
  /** What the operator was told of. */
  readonly faults: readonly unknown[];
  /** Adds and confirms one more service, with keys of its own. */
  addPartner(code: string, confirmed?: boolean): Promise<FakePeer>;
  close(): Promise<void>;
}

/** @param faults what the engine's store throws in place of a word, if anything. */
export async function benchNode(faults: Faults = () => null, more: Pick<EngineDeps, 'quota'> = {}): Promise<BenchNode> {
  const home = await mkdtemp(join(tmpdir(), 'tansiq-engine-'));
  const keyring = await createFileKeyring(join(home, 'keys'));
  const { database, store } = await openPostgres({ home: join(home, 'data') });
  const thrown: unknown[] = [];
  const faulty = faultyStore(store, faults);
  const peers = new Map<string, FakePeer>();
  const deps: EngineDeps = {
    store: faulty,
    onFault: (error) => thrown.push(error),
    keyring,
    sealer: hpkeSealer,
    primitives: nodePrimitives,
    randomBytes: (length) => randomBytes(length),
    clock: { now: () => Date.now() },
    transport: {
      async deliver(url, envelope) {
        const peer = peers.get(url);
        if (!peer) throw new Error(`nobody at ${url}`);
        return { answer: await peer.take(envelope) };
      },
    },
    ...more,
  };
  const engine = createEngine(deps);
  await addService(database, await cardOf('bench', keyring), { self: true, confirmed: true });

  async function addPartner(code: string, confirmed = true): Promise<FakePeer> {
    const peer = new FakePeer(await createFileKeyring(join(home, `keys-${code}`)), keyring.identity);
    peers.set(`test://${code}`, peer);
    await addService(database, await cardOf(code, peer.keyring), { self: false, confirmed });
    return peer;
  }
  const peer = await addPartner('peer');
  await engine.start();
  return {
    engine,
    database,
    store,
    keyring,
    peer,
    faults: thrown,
    faulty,
    addPartner,
    async close() {
      await engine.stop();
      await store.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function cardOf(code: string, keyring: Keyring): Promise<ServiceCard> {
  const names = { ar: code, fr: code, en: code };
  const by = { keyring, primitives: nodePrimitives, randomBytes: (length: number) => randomBytes(length) };
  const card = await makeServiceCard({ code, names, url: `http://${code}.test`, language: 'ar' }, by, Date.now());
  if (isRefusal(card)) throw new Error(card.code);
  return card;
}

async function addService(database: Database, card: ServiceCard, as: { self: boolean; confirmed: boolean }) {
  await database.asActor({ kind: 'node' }, (tx) =>
    tx
      .insertInto('service')
      .values({
        id: card.service,
        is_self: as.self,
        code: card.code,
        names: JSON.stringify(card.names),
        url: `test://${card.code}`,
        inception_key: card.inceptionKey,
        signing_keys: JSON.stringify(card.signingKeys),
        sealing_key_id: card.sealingKey.id,
        sealing_key: card.sealingKey.publicKey,
        card: card.text,
        added_at: new Date(),
        confirmed_at: as.confirmed ? new Date() : null,
        confirmed_by: null,
        revoked_at: null,
      })
      .execute(),
  );
}
