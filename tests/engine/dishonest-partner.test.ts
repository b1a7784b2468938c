/** A confirmed partner that keeps to every form and abuses what the forms allow. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { uuidV7 } from '#src/engine/uuid.ts';
import type { Json } from '#src/protocol/primitives.ts';
import type { RecordDraft, VerifiedRecord } from '#src/protocol/record/record.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { type BenchNode, benchNode } from './bench-node.ts';
import { day, type FakePeer } from './fake-peer.ts';

let node: BenchNode;
let peer: FakePeer;

beforeAll(async () => {
  node = await benchNode();
  peer = node.peer;
});
afterAll(() => node.close());

async function send(messages: readonly Json[], from = peer): Promise<string> {
  const reply = await node.engine.receive(await from.envelope(messages));
  return isRefusal(reply) ? reply.code : 'receipt';
}
const give = (record: VerifiedRecord, from = peer) => send([{ type: 'record', sdJwt: serialiseRecord(record) }], from);

async function refusalOf(sequence: number, at = peer): Promise<string | undefined> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const found = at.received.find(({ message }) => message.type === 'refusal' && message.sequence === sequence);
    if (found?.message.type === 'refusal') return found.message.code;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return undefined;
}
const standing = (id: string) => node.store.unit((unit) => unit.agreement(id));

/** Both directors' assent; the partner's own record and, for ours, the test in the place of an officer. */
async function inForce(from = peer): Promise<VerifiedRecord> {
  const agreement = await from.agreement(day(300));
  await give(agreement, from);
  await give(await from.assent(agreement), from);
  await node.store.unit(async (unit) => {
    const stored = await unit.agreement(agreement.id);
    if (stored) await unit.putAgreement({ ...stored, ourAssentAt: Date.now() });
  });
  expect(await standing(agreement.id)).toMatchObject({ ourAssentAt: expect.any(Number), endedAt: null });
  return agreement;
}

/** The next revision of an agreement, as its author may write it. */
async function revised(of: VerifiedRecord, changes: Partial<RecordDraft> = {}): Promise<VerifiedRecord> {
  const { body, marking, portions } = await peer.agreement(day(300));
  return peer.record({
    kind: 'agreement',
    purpose: 'administration',
    title: 'Agreement',
    id: of.id,
    revision: of.revision + 1,
    previous: of.hash,
    body,
    marking: { ...marking, releasableTo: 'any' },
    portions: portions.map(({ text, nature }) => ({ text, nature, marking: { ...marking, releasableTo: 'any' } })),
    ...changes,
  });
}

describe('an agreement', () => {
  it('[REC-5] keeps the assent of both when the revision that stands is sent once more', async () => {
    const agreement = await inForce();
    const before = await standing(agreement.id);
    expect(await give(agreement)).toBe('receipt');
    expect(await standing(agreement.id)).toEqual(before);
  });

  it('[REC-5] is not put back by an older revision that comes again', async () => {
    const first = await peer.agreement(day(300));
    await give(first);
    const second = await revised(first);
    await give(second);
    expect(await standing(first.id)).toMatchObject({ hash: second.hash });
    await give(first);
    expect(await standing(first.id)).toMatchObject({ hash: second.hash });
  });

  it('[REC-5] that was ended stays ended, whatever revision comes after', async () => {
    const agreement = await inForce();
    await node.store.unit(async (unit) => {
      const stored = await unit.agreement(agreement.id);
      if (stored) await unit.putAgreement({ ...stored, endedAt: Date.now(), endedBy: node.keyring.identity.service });
    });
    const ended = await standing(agreement.id);
    await give(agreement);
    expect(await standing(agreement.id)).toEqual(ended);
    await give(await revised(agreement));
    expect(await refusalOf(peer.sequence)).toBe('agreement-not-in-force');
    expect(await standing(agreement.id)).toEqual(ended);
  });

  it('[REC-5] takes no assent of a service that is no party to it', async () => {
    const third = await node.addPartner('third');
    const agreement = await peer.agreement(day(300));
    await give(agreement);
    await give(await third.assent(agreement), third);
    expect(await refusalOf(third.sequence, third)).toBe('link-target-unknown');
    expect(await standing(agreement.id)).toMatchObject({ theirAssentAt: null });
  });
});

describe('a partner does not reach what lies between us and another', () => {
  it('[KEY-2] a card that names the keys of another does not silence the other', async () => {
    const victim = await node.addPartner('victim');
    // The code sorts after the victim's, so that this card is the one read last.
    const thief = await node.addPartner('z-thief');
    const stolen = victim.keyring.identity.signingKey;
    await node.database.asActor({ kind: 'node' }, (tx) =>
      tx
        .updateTable('service')
        .set({ signing_keys: JSON.stringify({ [stolen.id]: Buffer.from(stolen.publicKey).toString('base64url') }) })
        .where('id', '=', thief.keyring.identity.service)
        .execute(),
    );
    const agreement = await victim.agreement(day(300));
    await give(agreement, victim);
    expect(await standing(agreement.id)).not.toBeNull();
  });

  it('[ADM-1] a refusal, a notice or an answer for a release to somebody else changes nothing', async () => {
    const other = await node.addPartner('other');
    const hash = (await inForce(other)).hash;
    const release = {
      id: uuidV7(Date.now(), randomBytes(10)),
      reference: {
        origin: node.keyring.identity.service,
        record: uuidV7(Date.now(), randomBytes(10)),
        revision: 1,
        hash,
      },
      recipient: other.keyring.identity.service,
      purpose: 'terrorism-prevention',
      withheld: [],
    };
    await node.store.unit(async (unit) => {
      await unit.putRelease(release, null, Date.now());
      await unit.releaseSent(release.id, { epoch: 1, sequence: 77, index: 0, digests: [] }, Date.now());
    });
    await send([
      { type: 'refusal', epoch: 1, sequence: 77, index: 0, record: hash, code: 'record-malformed' },
      { type: 'read-notice', record: hash, readAt: Date.now() },
    ]);
    const row = () =>
      node.database.asActor({ kind: 'node' }, (tx) =>
        tx.selectFrom('release').select(['state', 'read_at']).where('id', '=', release.id).executeTakeFirstOrThrow(),
      );
    expect(await row()).toEqual({ state: 'sent', read_at: null });
    // The same from its true recipient counts.
    await send([{ type: 'read-notice', record: hash, readAt: Date.now() }], other);
    expect((await row()).read_at).not.toBeNull();
  });
});

describe('a partner whose key nobody can seal to', () => {
  it('[ADM-1] fails alone: the node and its other links go on', async () => {
    const deaf = await node.addPartner('deaf');
    const id = deaf.keyring.identity.service;
    await node.database.asActor({ kind: 'node' }, (tx) =>
      tx
        .updateTable('service')
        .set({ sealing_key: new Uint8Array(1_216) })
        .where('id', '=', id)
        .execute(),
    );
    const notice = { type: 'read-notice', record: 'A'.repeat(43), readAt: 1 } as const;
    await node.store.unit((unit) => unit.enqueue(id, { message: notice }, Date.now()));
    node.engine.wake(id);
    const failure = async () => {
      const row = await node.database.asActor({ kind: 'node' }, (tx) =>
        tx.selectFrom('link').select('last_failure').where('peer', '=', id).executeTakeFirst(),
      );
      return row?.last_failure;
    };
    await expect.poll(failure, { timeout: 5_000 }).toBe('sealing-key-unusable');
    await send([{ type: 'gossip' }]);
    expect(await refusalOf(peer.sequence)).toBe('message-type-unknown');
  });
});

describe('what a partner can make us keep', () => {
  it('[ADM-2] keeps the newest refusals of each sender at the door, a stranger’s too, and no more', async () => {
    const lines = (of: string | null) =>
      node.database.asActor({ kind: 'node' }, (tx) =>
        tx
          .selectFrom('inbound_refusal')
          .select('code')
          .where('peer', of === null ? 'is' : '=', of)
          .orderBy('id')
          .execute(),
      );
    await node.store.unit((unit) => unit.noteInboundRefusal(peer.keyring.identity.service, 'revision-gap', 1));
    const ofPeer = await lines(peer.keyring.identity.service);
    await node.store.unit(async (unit) => {
      for (let n = 0; n < 1_100; n++) await unit.noteInboundRefusal(null, 'envelope-malformed', n);
    });
    expect(await node.engine.receive(new Uint8Array(3))).toMatchObject({ refused: true });
    expect(await lines(null)).toHaveLength(1_000);
    expect(await lines(peer.keyring.identity.service)).toEqual(ofPeer);
  }, 60_000);

  it('[ADM-2] holds only so many revisions whose predecessor never comes, and refuses the rest', async () => {
    await inForce();
    const waiting = () =>
      node.database.asActor({ kind: 'node' }, (tx) =>
        tx.selectFrom('held_message').select('sequence').where('peer', '=', peer.keyring.identity.service).execute(),
      );
    const orphan = async () => {
      const previous = Buffer.from(nodePrimitives.sha256(randomBytes(8))).toString('base64url');
      return serialiseRecord(await peer.record({ revision: 2, previous }));
    };
    for (let batch = 0; batch < 3; batch++) {
      const sdJwts = await Promise.all(Array.from({ length: 100 }, orphan));
      expect(await send(sdJwts.map((sdJwt) => ({ type: 'record', sdJwt })))).toBe('receipt');
    }
    expect(await waiting()).toHaveLength(200);
    expect(await refusalOf(peer.sequence)).toBe('revision-gap');
    const honest = await peer.record();
    await give(honest);
    expect(await node.store.unit((unit) => unit.sdJwt(honest.hash))).not.toBeNull();
  }, 60_000);
});
