/** ADM-1: one message, envelope or queued item that brings about a fault decides nothing for those around it. */

import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hpkeSealer } from '#src/adapters/hpke-sealer.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { issue, keepOwn } from '#src/engine/issue.ts';
import { signPermission } from '#src/engine/permissions.ts';
import { newRecordId } from '#src/engine/record-id.ts';
import { uuidV7 } from '#src/engine/uuid.ts';
import { StoreUnavailable } from '#src/ports/database.ts';
import { permissionStanding } from '#src/protocol/admission/permission.ts';
import { encodeBundle } from '#src/protocol/exchange/bundle.ts';
import { letterInfo, letterOf, letterPlaintext } from '#src/protocol/exchange/letter.ts';
import type { LetterMessage } from '#src/protocol/exchange/message.ts';
import { jwsCompact } from '#src/protocol/jws.ts';
import type { Json, RecordHash } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { holdingSigningInput } from '#src/protocol/release/holding.ts';
import { type BenchNode, benchNode } from './bench-node.ts';
import { day, type FakePeer, reportBy } from './fake-peer.ts';
import type { Faults } from './faulty-store.ts';

const calm: Faults = () => null;
let faults = calm;
let node: BenchNode;
let peer: FakePeer;

beforeAll(async () => {
  node = await benchNode((word, args) => faults(word, args));
  peer = node.peer;
  await befriend(peer);
});
afterEach(() => {
  faults = calm;
});
afterAll(() => node.close());

async function befriend(partner: FakePeer) {
  const agreement = await partner.agreement(day(300));
  await send([messageOf(agreement)], partner);
  // Our own assent is an officer's; here the test stands in for both directors.
  await node.store.unit(async (unit) => {
    const stored = await unit.agreement(agreement.id);
    if (!stored) throw new Error('the agreement did not arrive');
    await unit.putAgreement({ ...stored, ourAssentAt: Date.now(), theirAssentAt: Date.now() });
  });
}
const idOf = ({ keyring }: FakePeer) => keyring.identity.service;
const messageOf = (record: VerifiedRecord) => ({ type: 'record' as const, sdJwt: serialiseRecord(record) });
async function send(messages: readonly Json[], from = peer): Promise<string> {
  const reply = await node.engine.receive(await from.envelope(messages));
  return isRefusal(reply) ? reply.code : 'receipt';
}
const records = (count: number) => Promise.all(Array.from({ length: count }, () => peer.record()));
const held = (all: readonly VerifiedRecord[]) =>
  node.store.unit(async (unit) => {
    const copies: boolean[] = [];
    for (const { hash } of all) copies.push((await unit.sdJwt(hash)) !== null);
    return copies;
  });
/** A bug that shows with one record: after it was written, so that something has to be taken back. */
const throwsOver = (hash: RecordHash, error: () => Error): Faults => {
  return (word, args) => (word === 'setHead' && (args[0] as { hash: string }).hash === hash ? error() : null);
};
const bug = () => new TypeError('a bug');
const refusalsIn = (sequence: number) =>
  peer.received.flatMap(({ message }) =>
    message.type === 'refusal' && message.sequence === sequence ? [[message.index, message.code]] : [],
  );
const journal = (act: string) =>
  node.database.asActor({ kind: 'node' }, (tx) =>
    tx.selectFrom('journal').select(['service', 'reason']).where('act', '=', act).orderBy('seq').execute(),
  );
const status = () => node.store.unit(async (unit) => (await unit.link(idOf(peer)))?.status);

describe('a message that brings about a fault', () => {
  it('[ADM-1] is refused with a code that goes back; those around it take effect, and the link stays open', async () => {
    const all = await records(5);
    const told = node.faults.length;
    faults = throwsOver(all[2]?.hash ?? '', bug);
    expect(await send(all.map(messageOf))).toBe('receipt');
    expect(await held(all)).toEqual([true, true, false, true, true]);
    await expect.poll(() => refusalsIn(peer.sequence)).toEqual([[2, 'message-not-taken']]);
    expect(await journal('message.refused')).toContainEqual({ service: idOf(peer), reason: 'message-not-taken' });
    expect(node.faults.slice(told)).toEqual([expect.objectContaining({ message: 'a bug' })]);
    const shown = await node.database.asActor({ kind: 'node' }, (tx) =>
      tx.selectFrom('inbound_refusal').select('code').where('peer', '=', idOf(peer)).execute(),
    );
    expect(shown).toContainEqual({ code: 'message-not-taken' });
    expect(await status()).toBe('open');
  });

  it('[ADM-1] is told of by nothing that goes back where it was a refusal itself', async () => {
    faults = (word) => (word === 'releaseAt' ? bug() : null);
    const [honest] = await records(1);
    const refusal = { type: 'refusal', epoch: 1, sequence: 1, index: 0, record: null, code: 'record-malformed' };
    expect(await send([refusal, messageOf(honest as VerifiedRecord)])).toBe('receipt');
    expect(await held([honest as VerifiedRecord])).toEqual([true]);
    await send([{ type: 'gossip' }]);
    await expect.poll(() => refusalsIn(peer.sequence)).toHaveLength(1);
    expect(refusalsIn(peer.sequence - 1)).toEqual([]);
  });

  it('[ADM-1] in a letter leaves what stands around it in that letter and in its batch', async () => {
    const all = await records(5);
    faults = throwsOver(all[2]?.hash ?? '', bug);
    const [first, second, third, fourth, last] = all.map(messageOf) as [LetterMessage, ...LetterMessage[]];
    const letter = await letterWith([second, third, fourth].filter((one) => one !== undefined));
    expect(await send([first, letter, last as Json])).toBe('receipt');
    expect(await held(all)).toEqual([true, true, false, true, true]);
  });

  it('[ADM-1] held until now leaves the one that it waited for, and whatever waited beside it', async () => {
    const first = await peer.record();
    const second = await peer.record({ id: first.id, revision: 2, previous: first.hash });
    const third = await peer.record({ id: first.id, revision: 3, previous: second.hash });
    await send([messageOf(third)]);
    await send([messageOf(second)]);
    faults = throwsOver(third.hash, bug);
    expect(await send([messageOf(first)])).toBe('receipt');
    expect(await held([first, second, third])).toEqual([true, true, false]);
    expect(await node.store.unit((unit) => unit.heldFor(second.hash))).toEqual([]);
  });

  it('[ADM-1] is refused by itself when the end of a recovery tries it again', async () => {
    const [waits, bad] = await records(2);
    await node.store.unit(async (unit) => {
      for (const [index, record] of [bad, waits].entries()) {
        const place = { peer: idOf(peer), epoch: 9, sequence: 1, index, code: 'link-target-unknown' } as const;
        await unit.hold({ ...place, sdJwt: serialiseRecord(record as VerifiedRecord), waitsFor: 'recovery' }, 1);
      }
      await unit.beginRecovery([], 1);
    });
    faults = throwsOver(bad?.hash ?? '', bug);
    await node.engine.goOnAfterRestore();
    expect(await held([waits, bad] as VerifiedRecord[])).toEqual([true, false]);
  });
});

describe('an outage while a message is taken', () => {
  it('[EXC-3] fails the whole envelope, which is never acknowledged and is taken when it comes again', async () => {
    const all = await records(3);
    faults = throwsOver(all[1]?.hash ?? '', () => new StoreUnavailable('gone'));
    const envelope = await peer.envelope(all.map(messageOf));
    await expect(node.engine.receive(envelope)).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await held(all)).toEqual([false, false, false]);
    faults = calm;
    expect(isRefusal(await node.engine.receive(envelope))).toBe(false);
    expect(await held(all)).toEqual([true, true, true]);
  });
});

describe('an envelope that brings about a fault', () => {
  it('[ADM-1] [EXC-3] of a file leaves those before it taken, and says by a code that it was not', async () => {
    const sender = await node.addPartner('by-file');
    const envelopes: Uint8Array[] = [];
    for (let n = 0; n < 3; n++)
      envelopes.push(await sender.envelope([{ type: 'read-notice', record: 'A'.repeat(43), readAt: n }]));
    faults = (word, args) =>
      word === 'recordTakenBatch' && (args[1] as { sequence: number }).sequence === 2 ? bug() : null;
    const file = encodeBundle(envelopes);
    expect(await node.engine.importBundle(file)).toMatchObject({ taken: 1, refused: ['envelope-not-taken'] });
    faults = calm;
    expect(await node.engine.importBundle(file)).toMatchObject({ taken: 2, known: 1, refused: [] });
  });

  it('[ADM-1] is refused at the door with a code that the operator sees, and taken once the fault is gone', async () => {
    const [record] = await records(1);
    const envelope = await peer.envelope([messageOf(record as VerifiedRecord)]);
    faults = (word) => (word === 'recordTakenBatch' ? bug() : null);
    expect(await node.engine.receive(envelope)).toMatchObject({ code: 'envelope-not-taken' });
    const shown = await node.database.asActor({ kind: 'node' }, (tx) =>
      tx.selectFrom('inbound_refusal').select('code').where('peer', '=', idOf(peer)).execute(),
    );
    expect(shown).toContainEqual({ code: 'envelope-not-taken' });
    faults = calm;
    expect(isRefusal(await node.engine.receive(envelope))).toBe(false);
    expect(await held([record as VerifiedRecord])).toEqual([true]);
  });
});

describe('what waits in the queue and cannot be made ready', () => {
  const notice = (readAt: number) => ({ type: 'read-notice', record: 'B'.repeat(43), readAt }) as const;
  const arrived = () =>
    peer.received.flatMap(({ message }) =>
      message.type === 'read-notice' && message.record === 'B'.repeat(43) ? [message.readAt] : [],
    );
  /** A record of ours for the partner, between two messages; whatever of it `throwsOf` says cannot be read. */
  async function queued(first: number, throwsOf: (made: { release: string; hash: string }) => Faults) {
    const self = node.keyring.identity.service;
    const draft = { ...reportBy(self), id: newRecordId(signing(), Date.now()) };
    const record = await issue(draft, signing());
    if (isRefusal(record)) throw new Error(record.code);
    const release = uuidV7(Date.now(), signing().randomBytes(10));
    faults = throwsOf({ release, hash: record.hash });
    await node.store.unit(async (unit) => {
      await keepOwn(unit, record, { officer: null, desks: ['liaison'], at: Date.now() });
      await unit.enqueue(idOf(peer), { message: notice(first) }, Date.now());
      const reference = { origin: self, record: record.id, revision: 1, hash: record.hash };
      const about = { id: release, reference, recipient: idOf(peer), purpose: record.purpose, withheld: [] };
      await unit.putRelease(about, null, Date.now());
      await unit.enqueue(idOf(peer), { release }, Date.now());
      await unit.enqueue(idOf(peer), { message: notice(first + 1) }, Date.now());
    });
    node.engine.wake(idOf(peer));
    return release;
  }
  const signing = () => ({
    keyring: node.keyring,
    primitives: nodePrimitives,
    randomBytes: (length: number) => new Uint8Array(randomBytes(length)),
  });
  const rowOf = (release: string) =>
    node.database.asActor({ kind: 'node' }, (tx) =>
      tx.selectFrom('release').select(['state', 'refused_code']).where('id', '=', release).executeTakeFirstOrThrow(),
    );

  it('[ADM-1] does not keep a receipt from counting, where its own delivery cannot be noted', async () => {
    const release = await queued(
      50,
      ({ release }) =>
        (word, args) =>
          word === 'releaseDelivered' && args[0] === release ? bug() : null,
    );
    const unreceipted = () =>
      node.store.unit(async (unit) => {
        const { out } = (await unit.link(idOf(peer))) ?? { out: null };
        return [(await unit.waiting(idOf(peer), 10)).length, out?.unreceipted.length];
      });
    await expect.poll(unreceipted, { timeout: 10_000 }).toEqual([0, 0]);
    expect(await rowOf(release)).toMatchObject({ state: 'sent' });
    expect(await journal('release.delivery-unnoted')).toEqual([{ service: idOf(peer), reason: 'message-not-taken' }]);
  });

  it('[ADM-1] is set aside with a code on the board and in the journal; what waits around it goes', async () => {
    const release = await queued(
      100,
      ({ hash }) =>
        (word, args) =>
          word === 'sdJwt' && args[0] === hash ? bug() : null,
    );
    await expect.poll(arrived, { timeout: 10_000 }).toEqual([50, 51, 100, 101]);
    expect(await rowOf(release)).toEqual({ state: 'refused', refused_code: 'message-not-sent' });
    expect(await journal('release.refused')).toContainEqual({ service: idOf(peer), reason: 'message-not-sent' });
  });

  it('[ADM-1] leaves the queue also where its release cannot be read either', async () => {
    await queued(
      200,
      ({ release }) =>
        (word, args) =>
          word === 'release' && args[0] === release ? bug() : null,
    );
    await expect.poll(arrived, { timeout: 10_000 }).toEqual([50, 51, 100, 101, 200, 201]);
    expect(await journal('message.set-aside')).toEqual([{ service: idOf(peer), reason: 'message-not-sent' }]);
  });
});

describe('a statement of holding', () => {
  it('[REL-3] that names a service nobody knows is refused with a code, and what follows it is taken', async () => {
    const self = node.keyring.identity.service;
    const by = {
      keyring: node.keyring,
      primitives: nodePrimitives,
      randomBytes: (length: number) => new Uint8Array(randomBytes(length)),
    };
    const report = await issue({ ...reportBy(self), id: newRecordId(by, Date.now()) }, by);
    if (isRefusal(report)) throw new Error(report.code);
    const nobody = `${'C'.repeat(42)}A`;
    const digests = report.disclosures.map(({ digest }) => digest).toSorted();
    const body = {
      use: 'onward',
      decision: 'granted',
      grantee: idOf(peer),
      onwardTo: nobody,
      digests,
      validUntil: day(90),
    };
    const author = { officer: null, language: 'fr', desk: 'liaison', desks: [] } as const;
    const deps = { ...by, sealer: hpkeSealer, at: Date.now() };
    const permission = await signPermission(report, null, body, author, deps);
    const standing = isRefusal(permission) ? permission : permissionStanding(permission);
    if (isRefusal(permission) || isRefusal(standing)) throw new Error('no permission');
    await node.store.unit(async (unit) => {
      for (const record of [report, permission])
        await keepOwn(unit, record, { officer: null, desks: [], at: Date.now() });
      await unit.putPermission(standing, Date.now());
    });
    const said = { record: report.id, hash: report.hash, digests, act: 'released', at: Date.now() } as const;
    const claims = { ...said, origin: self, holder: nobody, relay: idOf(peer) };
    const input = holdingSigningInput(claims, peer.keyring.identity.signingKey.id);
    const statement = jwsCompact(input, await peer.keyring.sign(input));
    const [honest] = await records(1);
    expect(await send([{ type: 'holding', statement }, messageOf(honest as VerifiedRecord)])).toBe('receipt');
    await expect.poll(() => refusalsIn(peer.sequence)).toEqual([[0, 'holding-invalid']]);
    expect(await held([honest as VerifiedRecord])).toEqual([true]);
  });
});

async function letterWith(messages: readonly LetterMessage[]): Promise<Json> {
  const { service, sealingKey } = node.keyring.identity;
  const address = { to: service, key: sealingKey.id };
  const plaintext = letterPlaintext(idOf(peer), messages);
  const letter = letterOf(
    service,
    sealingKey.id,
    await hpkeSealer.seal(sealingKey.publicKey, plaintext, letterInfo(address)),
  );
  if (isRefusal(letter)) throw new Error(letter.code);
  return letter;
}
