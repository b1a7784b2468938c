import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createFileKeyring } from '#src/adapters/file-keyring.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { TransportUnavailable } from '#src/ports/transport.ts';
import { initialLink } from '#src/protocol/exchange/step.ts';
import type { Json } from '#src/protocol/primitives.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal, refuse } from '#src/protocol/refusal.ts';
import { type BenchNode, benchNode } from './bench-node.ts';
import { day, type FakePeer, type Forged } from './fake-peer.ts';

let node: BenchNode;
let peer: FakePeer;

beforeAll(async () => {
  node = await benchNode();
  peer = node.peer;
  await bindByAgreement(day(300));
});
afterAll(() => node.close());

async function bindByAgreement(validUntil: string) {
  const agreement = await peer.agreement(validUntil);
  await send([{ type: 'record', sdJwt: serialiseRecord(agreement) }]);
  // Our own assent is an officer's; here the test stands in for both directors.
  await node.store.unit(async (unit) => {
    const stored = await unit.agreement(agreement.id);
    if (!stored) throw new Error('the agreement did not arrive');
    await unit.putAgreement({ ...stored, ourAssentAt: Date.now(), theirAssentAt: Date.now() });
  });
  return agreement;
}

async function send(messages: readonly Json[], forged?: Forged, advance?: boolean): Promise<string> {
  const reply = await node.engine.receive(await peer.envelope(messages, forged, advance));
  return isRefusal(reply) ? reply.code : 'receipt';
}

/** Waits for the refusal that goes back over the link for one message. */
async function refusalOf(sequence: number, index = 0): Promise<string> {
  for (let attempt = 0; attempt < 400; attempt++) {
    for (const { message } of peer.received) {
      if (message.type === 'refusal' && message.sequence === sequence && message.index === index) return message.code;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return 'no refusal came';
}

async function isHeld(hash: string): Promise<boolean> {
  return node.store.unit(async (unit) => (await unit.sdJwt(hash)) !== null);
}

/** What our own operator sees of it. */
async function refusedAtTheDoor(): Promise<string[]> {
  const rows = await node.database.asActor({ kind: 'node' }, (tx) =>
    tx.selectFrom('inbound_refusal').select('code').execute(),
  );
  return rows.map(({ code }) => code);
}

/** ADM-1: whatever came before, an honest record still passes. */
async function expectHonestRecordToPass() {
  const record = await peer.record();
  expect(await send([{ type: 'record', sdJwt: serialiseRecord(record) }])).toBe('receipt');
  expect(await isHeld(record.hash)).toBe(true);
}

describe('a peer that lies in its messages is told so, and the link goes on', () => {
  it('[REC-2] refuses a record with a forged signature', async () => {
    const honest = serialiseRecord(await peer.record());
    const [jwt = '', ...rest] = honest.split('~');
    const [header, payload] = jwt.split('.');
    const forged = [`${header}.${payload}.${'A'.repeat(86)}`, ...rest].join('~');
    expect(await send([{ type: 'record', sdJwt: forged }])).toBe('receipt');
    expect(await refusalOf(peer.sequence)).toBe('record-signature-invalid');
    await expectHonestRecordToPass();
  });

  it('[REC-2] refuses a disclosure that the origin did not sign', async () => {
    const whole = serialiseRecord(await peer.record());
    const alien = Buffer.from('["AAAAAAAAAAAAAAAAAAAAAA","title","غيره"]').toString('base64url');
    await send([{ type: 'record', sdJwt: `${whole}${alien}~` }]);
    expect(await refusalOf(peer.sequence)).toBe('record-disclosure-unmatched');
  });

  it('[REL-3] refuses a record of a third service', async () => {
    const third = await node.addPartner('third');
    await send([await third.recordMessage()]);
    expect(await refusalOf(peer.sequence)).toBe('onward-not-permitted');
    await expectHonestRecordToPass();
  });

  it('[ACC-02] refuses what is above the ceiling of the agreement', async () => {
    const marking = { level: 3, compartments: [], handling: [], releasableTo: 'any' } as const;
    const portions = [{ text: 'سري جدا', nature: 'fact', marking }] as const;
    await send([await peer.recordMessage({ marking, portions })]);
    expect(await refusalOf(peer.sequence)).toBe('agreement-ceiling-exceeded');
  });

  it('[ACC-01] refuses a report without a source grading', async () => {
    const { grading: _, ...draft } = await peer.record();
    await send([
      await peer.recordMessage({ ...draft, kind: 'report', desk: 'liaison', title: 't', grading: undefined as never }),
    ]);
    expect(await refusalOf(peer.sequence)).toBe('record-grading-missing');
  });

  it('[ADM-1] refuses one bad message of a batch by its index, and takes the others', async () => {
    const before = await peer.record();
    const after = await peer.record();
    await send([
      { type: 'record', sdJwt: serialiseRecord(before) },
      { type: 'gossip', text: 'x' },
      { type: 'record', sdJwt: 12 },
      { type: 'record', sdJwt: serialiseRecord(after) },
    ]);
    expect(await refusalOf(peer.sequence, 1)).toBe('message-type-unknown');
    expect(await refusalOf(peer.sequence, 2)).toBe('payload-malformed');
    expect([await isHeld(before.hash), await isHeld(after.hash)]).toEqual([true, true]);
  });

  it('[ADM-2] refuses deep JSON before it is parsed', async () => {
    const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
    expect(await send([{}], { payload: Buffer.from(`{"messages":[${deep}],"receipt":null}`) })).toBe('receipt');
    expect(await refusalOf(peer.sequence)).toBe('payload-too-deep');
    await expectHonestRecordToPass();
  });

  it('[ADM-2] refuses a number that no store can keep, without losing the link', async () => {
    await send([{ type: 'read-notice', record: 'A'.repeat(43), readAt: Number.MAX_SAFE_INTEGER }]);
    expect(await refusalOf(peer.sequence)).toBe('payload-malformed');
    const code = 'record-malformed';
    await send([{ type: 'refusal', epoch: 1, sequence: Number.MAX_SAFE_INTEGER, index: 0, record: null, code }]);
    await expectHonestRecordToPass();
  });

  it('[ADM-1] never refuses a refusal', async () => {
    const before = peer.received.length;
    await send([{ type: 'refusal', epoch: 1, sequence: 1, index: 0, record: null, code: 'made-up' }]);
    await expectHonestRecordToPass();
    expect(peer.received.slice(before)).toEqual([]);
  });

  it('[REC-4] keeps both of two contradicting revisions, and neither stays active', async () => {
    const one = await peer.record();
    await send([{ type: 'record', sdJwt: serialiseRecord(one) }]);
    const other = await peer.record({ id: one.id, title: 'غير ذلك' });
    await send([{ type: 'record', sdJwt: serialiseRecord(other) }]);
    expect(await refusalOf(peer.sequence)).toBe('revision-equivocation');
    expect([await isHeld(one.hash), await isHeld(other.hash)]).toEqual([true, true]);
    expect(await node.store.unit((unit) => unit.head(one.id))).toMatchObject({ state: 'equivocal' });
  });

  it('[REC-4] holds a revision whose predecessor is missing, and takes it when that comes', async () => {
    const first = await peer.record();
    const second = await peer.record({ id: first.id, revision: 2, previous: first.hash, title: 'أدق' });
    await send([{ type: 'record', sdJwt: serialiseRecord(second) }]);
    expect(await isHeld(second.hash)).toBe(false);
    await send([{ type: 'record', sdJwt: serialiseRecord(first) }]);
    expect(await node.store.unit((unit) => unit.head(first.id))).toMatchObject({ hash: second.hash, revision: 2 });
  });
});

describe('a stranger, a courier and a replayed envelope', () => {
  it('[KEY-2] refuses a service that it does not know, and one that no officer confirmed', async () => {
    const { FakePeer: Peer } = await import('./fake-peer.ts');
    const keys = await createFileKeyring(join(await mkdtemp(join(tmpdir(), 'tansiq-stranger-')), 'keys'));
    const stranger = new Peer(keys, node.keyring.identity);
    expect(await node.engine.receive(await stranger.envelope([]))).toMatchObject({ code: 'peer-unknown' });
    const unconfirmed = await node.addPartner('unconfirmed', false);
    const early = await unconfirmed.envelope([await unconfirmed.recordMessage()]);
    expect(await node.engine.receive(early)).toMatchObject({ code: 'peer-unknown' });
    expect(await refusedAtTheDoor()).toContain('peer-unconfirmed');
  });

  it('[EXC-1] answers what no partner signed alike, whoever it is said to be of', async () => {
    const { FakePeer: Peer } = await import('./fake-peer.ts');
    const stranger = new Peer(
      await createFileKeyring(join(await mkdtemp(join(tmpdir(), 'tansiq-stranger-')), 'keys')),
      node.keyring.identity,
    );
    const unconfirmed = await node.addPartner('not-yet', false);
    const messages = [{ type: 'recovery-wanted', after: null }];
    for (const type of ['batch', 'query', 'keys'] as const) {
      for (const from of [peer, unconfirmed, stranger].map(({ keyring }) => keyring.identity.service)) {
        const { link } = initialLink(from, node.keyring.identity.service, nodePrimitives);
        const route = { from, link };
        // Sealed to us as anybody can, and signed by the stranger's key, or by nobody.
        const forged = { signWith: stranger.keyring, header: route, outer: { type, ...route } } as const;
        for (const header of [route, { ...route, payloadBytes: 5_000 }]) {
          const answer = await node.engine.receive(await peer.envelope(messages, { ...forged, header }, false));
          expect(answer, `${type} of ${from}`).toEqual(refuse('peer-unknown'));
        }
        const broken = await peer.envelope(messages, forged, false);
        broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 1;
        expect(await node.engine.receive(broken)).toEqual(refuse('envelope-seal-broken'));
      }
    }
    await expectHonestRecordToPass();
  });

  it('[EXC-3] refuses a receipt that is posted and not answered with, and it has no effect', async () => {
    const self = peer.keyring.identity.service;
    const out = async () => (await node.store.unit((unit) => unit.link(self)))?.out;
    const away = vi.spyOn(peer, 'take').mockRejectedValue(new TransportUnavailable());
    await node.store.unit((unit) => unit.enqueue(self, { message: { type: 'recovery-wanted', after: null } }, 1));
    node.engine.wake(self);
    await expect.poll(async () => (await out())?.unreceipted.length).toBe(1);
    const [{ sequence: through, hash } = { sequence: 0, hash: '' }] = (await out())?.unreceipted ?? [];
    const receipt = await peer.receipt(null, { epoch: (await out())?.epoch ?? 0, through, hash });
    expect(await node.engine.receive(receipt)).toEqual(refuse('envelope-malformed', { at: '/type' }));
    expect((await out())?.unreceipted).toHaveLength(1);
    away.mockRestore();
    node.engine.wake(self);
    await expect.poll(async () => (await out())?.unreceipted.length, { timeout: 10_000 }).toBe(0);
  });

  it('[EXC-1] refuses an envelope that one partner sealed in the name of another', async () => {
    const third = await node.addPartner('impostor');
    expect(await send([await peer.recordMessage()], { signWith: third.keyring }, false)).toBe('peer-unknown');
    expect(await refusedAtTheDoor()).toContain('envelope-signature-invalid');
  });

  it('[EXC-1] refuses an envelope that was relabelled or changed on the way', async () => {
    expect(await send([await peer.recordMessage()], { outer: { sequence: 99 } }, false)).toBe(
      'envelope-binding-mismatch',
    );
    const bytes = await peer.envelope([await peer.recordMessage()], {}, false);
    const flipped = bytes.slice();
    const at = flipped.length - 20;
    flipped[at] = (flipped[at] ?? 0) ^ 1;
    expect(await node.engine.receive(flipped)).toMatchObject({ code: 'envelope-seal-broken' });
    await expectHonestRecordToPass();
  });

  it('[EXC-2] takes a replayed envelope once, and answers it again', async () => {
    const record = await peer.record();
    const bytes = await peer.envelope([{ type: 'record', sdJwt: serialiseRecord(record) }]);
    for (let i = 0; i < 3; i++) expect(isRefusal(await node.engine.receive(bytes))).toBe(false);
    const lines = await node.database.asActor({ kind: 'node' }, (tx) =>
      tx.selectFrom('journal').select('act').where('record_hash', '=', record.hash).execute(),
    );
    expect(lines).toEqual([{ act: 'record.admitted' }]);
  });

  it('[EXC-2] takes nothing ahead of a gap, and says what it has', async () => {
    const first = await peer.record();
    const second = await peer.record();
    const before = { sequence: peer.sequence, lastHash: peer.lastHash };
    const one = await peer.envelope([{ type: 'record', sdJwt: serialiseRecord(first) }]);
    const two = await peer.envelope([{ type: 'record', sdJwt: serialiseRecord(second) }]);
    expect(isRefusal(await node.engine.receive(two))).toBe(false);
    expect(await isHeld(second.hash)).toBe(false);
    const link = await node.store.unit((unit) => unit.link(peer.keyring.identity.service));
    expect(link?.in).toMatchObject({ through: before.sequence, lastHash: before.lastHash });
    await node.engine.receive(one);
    await node.engine.receive(two);
    expect([await isHeld(first.hash), await isHeld(second.hash)]).toEqual([true, true]);
  });
});

describe('trust that ends', () => {
  it('[ACC-02] refuses reports once the agreement is ended, and takes them again under a new one', async () => {
    const ended = await bindByAgreement(day(200));
    const standing = await agreementsInForce();
    await node.store.unit(async (unit) => {
      for (const id of standing) {
        const stored = await unit.agreement(id);
        if (stored) await unit.putAgreement({ ...stored, endedAt: Date.now(), endedBy: stored.partner });
      }
    });
    await send([await peer.recordMessage()]);
    expect(await refusalOf(peer.sequence)).toBe('agreement-not-in-force');
    expect(ended.kind).toBe('agreement');
    await bindByAgreement(day(100));
    await expectHonestRecordToPass();
  });

  async function agreementsInForce(): Promise<string[]> {
    const rows = await node.database.asActor({ kind: 'node' }, (tx) =>
      tx.selectFrom('agreement').select('record_id').where('ended_at', 'is', null).execute(),
    );
    return rows.map((row) => row.record_id);
  }

  // Last of all: from here on nothing passes on this link.
  it('[EXC-4] stops the link when a sequence comes again with another content', async () => {
    const rewritten = { sequence: peer.sequence, previous: 'A'.repeat(43) };
    expect(await send([await peer.recordMessage()], { header: rewritten }, false)).toBe('sequence-reused');
    const link = await node.store.unit((unit) => unit.link(peer.keyring.identity.service));
    expect(link?.status).toBe('stopped');
    expect(await send([await peer.recordMessage()], {}, false)).toBe('link-stopped');
  });
});
