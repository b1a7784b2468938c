/** A node that relays: what it may send is decided at the moment of sending, and again before it is sent once more. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { nextBatch } from '#src/engine/form-batch.ts';
import { uuidV7 } from '#src/engine/uuid.ts';
import type { StoreUnit } from '#src/ports/store.ts';
import { jwsCompact } from '#src/protocol/jws.ts';
import type { Json } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { holdingSigningInput } from '#src/protocol/release/holding.ts';
import { takenBackOf } from '#tests/record/taken-back.ts';
import { type BenchNode, benchNode } from './bench-node.ts';
import { day, type FakePeer, reportBy } from './fake-peer.ts';
import { copyMessage, digestsOf, permissionBy, revocationOf } from './onward-parties.ts';

let node: BenchNode;
let origin: FakePeer;
/** Confirmed and agreed with; no worker runs, so that the test looks at what would go. */
let recipient: FakePeer;
let home: string;
const idOf = (peer: FakePeer) => peer.keyring.identity.service;

beforeAll(async () => {
  node = await benchNode();
  origin = node.peer;
  home = await mkdtemp(join(tmpdir(), 'tansiq-relay-'));
  recipient = await node.addPartner('recipient');
  for (const partner of [origin, recipient]) {
    const agreement = await partner.agreement(day(300));
    await send([copyMessage(agreement), copyMessage(await partner.assent(agreement))], partner);
    await node.store.unit(async (unit) => {
      const stored = await unit.agreement(agreement.id);
      if (stored) await unit.putAgreement({ ...stored, ourAssentAt: Date.now() });
    });
  }
  await node.engine.stop();
}, 60_000);
afterAll(async () => {
  await node.close();
  await rm(home, { recursive: true, force: true });
});

async function send(messages: readonly Json[], from = origin): Promise<void> {
  const reply = await node.engine.receive(await from.envelope(messages));
  if (isRefusal(reply)) throw new Error(reply.code);
}

/** Of the origin, held here, permitted to go to the recipient, and asked to. */
async function underWay(body: { readonly [field: string]: Json } = {}) {
  const record = await origin.record();
  const named = { grantee: node.keyring.identity.service, onwardTo: idOf(recipient) };
  const permission = await permissionBy(origin, record, named, body);
  await send([copyMessage(record), copyMessage(permission)]);
  const release = {
    id: uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10))),
    reference: { origin: idOf(origin), record: record.id, revision: 1, hash: record.hash },
    recipient: idOf(recipient),
    purpose: 'terrorism-prevention',
    withheld: [],
  };
  await node.store.unit(async (unit) => {
    await unit.putRelease(release, null, Date.now());
    await unit.enqueue(idOf(recipient), { release: release.id }, Date.now());
  });
  return { record, permission, release };
}

class Undone extends Error {}
/** What would go in the next batch, looked at and not sent. */
async function wouldGo(): Promise<readonly Json[]> {
  let messages: readonly Json[] = [];
  const look = async (unit: StoreUnit) => {
    const here = { self: node.keyring.identity.service, primitives: nodePrimitives, at: Date.now() };
    const next = await nextBatch(unit, idOf(recipient), here);
    messages = next.messages.map(({ message }) => message as unknown as Json);
    throw new Undone();
  };
  await node.store.unit(look).catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  return messages;
}
async function refusedWith(release: { readonly id: string }): Promise<string | null> {
  await node.store.unit(async (unit) => {
    await nextBatch(unit, idOf(recipient), {
      self: node.keyring.identity.service,
      primitives: nodePrimitives,
      at: Date.now(),
    });
  });
  const row = await node.database.asActor({ kind: 'node' }, (tx) =>
    tx.selectFrom('release').select('refused_code').where('id', '=', release.id).executeTakeFirstOrThrow(),
  );
  return row.refused_code;
}
const isSent = (messages: readonly Json[], record: VerifiedRecord) =>
  messages.some((message) => JSON.stringify(message).includes(record.jwt));

describe('[REL-3] what is queued to go onward', () => {
  it('goes as its origin permits, reduced to the permitted digests', async () => {
    const { record, release } = await underWay();
    expect(isSent(await wouldGo(), record)).toBe(true);
    expect(await refusedWith(release)).toBeNull();
    const [copy] = (await wouldGo()) as { sdJwt: string }[];
    expect(copy?.sdJwt.split('~')).toHaveLength(digestsOf(record).length + 2);
  });

  it('[PRM-1] stops where the permission was revoked after it was queued', async () => {
    const { record, permission, release } = await underWay();
    expect(isSent(await wouldGo(), record)).toBe(true);
    await send([copyMessage(await revocationOf(origin, permission, record))]);
    expect(isSent(await wouldGo(), record)).toBe(false);
    expect(await refusedWith(release)).toBe('permission-revoked');
  });

  it('[PRM-1] stops where the permission has ended, also when nobody told the relay', async () => {
    const { record, release } = await underWay({ validUntil: day(-1) });
    expect(isSent(await wouldGo(), record)).toBe(false);
    expect(await refusedWith(release)).toBe('permission-expired');
  });

  it('[COR-1] stops where its origin has withdrawn the record', async () => {
    const { record, release } = await underWay();
    await send([copyMessage(await origin.sign(takenBackOf(record, 'withdrawn')))]);
    expect(isSent(await wouldGo(), record)).toBe(false);
    expect(await refusedWith(release)).not.toBeNull();
  });
});

describe('[REL-3] who holds a record of ours', () => {
  it('is told by whom we permitted, and by nobody else', async () => {
    const self = node.keyring.identity.service;
    const stranger = 'A'.repeat(43);
    const ours = await ownRecord();
    const told = {
      origin: self,
      record: ours.id,
      hash: ours.hash,
      digests: [],
      holder: idOf(recipient),
      at: Date.now(),
    };
    const say = async (by: FakePeer, claims: object) => {
      const { signingKey } = by.keyring.identity;
      const all = { ...told, relay: idOf(origin), act: 'released' as const, ...claims };
      const input = holdingSigningInput(all, signingKey.id);
      return { type: 'holding', statement: jwsCompact(input, await by.keyring.sign(input)) };
    };
    const holders = async () =>
      (await node.store.unit((unit) => unit.holdings(ours.id))).map(({ holder, via, state }) => [holder, via, state]);
    await send([await say(origin, {}), await say(origin, { holder: stranger }), await say(recipient, {})]);
    expect(await holders()).toEqual([]);
    await node.store.unit((unit) =>
      unit.putPermission(
        {
          permission: ours.id,
          hash: ours.hash,
          revision: 1,
          origin: self,
          use: 'onward',
          decision: 'granted',
          grantee: idOf(origin),
          onwardTo: idOf(recipient),
          about: { record: ours.id, hash: ours.hash },
          digests: [],
          portions: null,
          purpose: null,
          validUntil: day(30),
          request: null,
        },
        Date.now(),
      ),
    );
    // The recipient speaks for itself alone, the relay for what it gave; a confirmation is not taken back.
    await send([await say(recipient, {})], recipient);
    expect(await holders()).toEqual([]);
    await send([await say(origin, {})]);
    expect(await holders()).toEqual([[idOf(recipient), idOf(origin), 'reported']]);
    await send([await say(recipient, { act: 'received' })], recipient);
    await send([await say(origin, {})]);
    expect(await holders()).toEqual([[idOf(recipient), idOf(origin), 'confirmed']]);
  });

  /** A record of the node itself, signed by its own key. */
  async function ownRecord(): Promise<VerifiedRecord> {
    const self = node.keyring.identity.service;
    const signer = Object.create(origin, { keyring: { value: node.keyring } }) as FakePeer;
    const record = await signer.record(reportBy(self));
    await node.store.unit((unit) => unit.putRecord(record, null, Date.now()));
    return record;
  }
});
