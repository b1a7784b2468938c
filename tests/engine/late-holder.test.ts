/** A holder of which the origin learns only after it corrected the record: by the holder's own word, through a relay. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hpkeSealer } from '#src/adapters/hpke-sealer.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { issue, keepOwn } from '#src/engine/issue.ts';
import { signPermission } from '#src/engine/permissions.ts';
import { newRecordId } from '#src/engine/record-id.ts';
import { signRevision } from '#src/engine/revise.ts';
import { tellHolders } from '#src/engine/tell-holders.ts';
import { permissionStanding } from '#src/protocol/admission/permission.ts';
import { digestsWith } from '#src/protocol/correction/portions-again.ts';
import { letterInfo, readLetter, sealedPartOf } from '#src/protocol/exchange/letter.ts';
import type { Letter } from '#src/protocol/exchange/message.ts';
import { jwsCompact } from '#src/protocol/jws.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { verifyRecord } from '#src/protocol/record/verify.ts';
import { isRefusal, type Refusal } from '#src/protocol/refusal.ts';
import { holdingSigningInput } from '#src/protocol/release/holding.ts';
import { type BenchNode, benchNode } from './bench-node.ts';
import { day, type FakePeer, reportBy } from './fake-peer.ts';

let node: BenchNode;
let holder: FakePeer;
beforeAll(async () => {
  node = await benchNode();
  // KEY-2: nobody compared fingerprints with it; the relay vouches for it, and it is reached through the relay alone.
  holder = await node.addPartner('holder', false);
  await node.database.asActor({ kind: 'node' }, (tx) =>
    tx
      .updateTable('service')
      .set({ vouched_by: node.peer.keyring.identity.service })
      .where('id', '=', holder.keyring.identity.service)
      .execute(),
  );
});
afterAll(() => node.close());

const deps = () => ({
  keyring: node.keyring,
  primitives: nodePrimitives,
  sealer: hpkeSealer,
  randomBytes: (length: number) => new Uint8Array(randomBytes(length)),
  at: Date.now(),
});
function must<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(`${value.code} at ${value.at}`);
  return value as T;
}
const keep = (record: VerifiedRecord) =>
  node.store.unit((unit) => keepOwn(unit, record, { officer: null, desks: ['liaison'], at: Date.now() }));

it('[COR-1] [REL-3] is told then, through the relay, with the permission renewed for what it may have', async () => {
  const self = node.keyring.identity.service;
  const [relay, onwardTo] = [node.peer.keyring.identity.service, holder.keyring.identity.service];
  const { marking } = reportBy(self);
  const texts = ['one', 'two'].map((text) => ({ text, nature: 'fact' as const, marking }));
  const draft = { ...reportBy(self), id: newRecordId(deps(), Date.now()), portions: texts };
  const first = must(await issue(draft, deps()));
  await keep(first);
  // Only the first paragraph was permitted.
  const digests = digestsWith(first, [0]);
  const by = { officer: null, language: 'fr', desk: 'liaison', desks: [] } as const;
  const body = {
    use: 'onward',
    decision: 'granted',
    grantee: relay,
    onwardTo,
    digests: digests.toSorted(),
    validUntil: day(90),
  };
  const permission = must(await signPermission(first, null, body, by, deps()));
  await keep(permission);
  await node.store.unit(async (unit) => unit.putPermission(must(permissionStanding(permission)), Date.now()));

  const why = { ground: 'factual-error', explanation: 'x', respondBy: day(9) } as const;
  const text = { title: 'New', grading: null, portions: texts.map((one) => ({ ...one, text: `new ${one.text}` })) };
  const revised = must(
    await signRevision(first, { change: 'corrected', text }, why, { ...deps(), language: 'fr', desk: 'liaison' }),
  );
  await keep(revised.after);
  await keep(revised.correction);
  expect(await node.store.unit((unit) => tellHolders(unit, revised, deps()))).toEqual([]);
  expect(await node.store.unit((unit) => unit.asks(revised.correction.id))).toEqual([]);

  // Now its own word for the old revision comes, by way of the relay.
  const claims = {
    origin: self,
    record: first.id,
    hash: first.hash,
    digests,
    holder: onwardTo,
    relay,
    act: 'received',
    at: Date.now(),
  } as const;
  const input = holdingSigningInput(claims, holder.keyring.identity.signingKey.id);
  const statement = jwsCompact(input, await holder.keyring.sign(input));
  must(await node.engine.receive(await node.peer.envelope([{ type: 'holding', statement }])));

  const messages = await opened();
  const read = messages.flatMap((message) => (message.type === 'record' ? [message.sdJwt] : []));
  const key = node.keyring.identity.signingKey.publicKey;
  const records = read.map((sdJwt) => must(verifyRecord(sdJwt, () => key, nodePrimitives)));
  expect(records.map(({ kind }) => kind)).toEqual(['permission', 'report', 'correction']);
  const [renewed, copy, correction] = records;
  expect(renewed).toMatchObject({ id: permission.id, revision: 2, body: { hash: revised.after.hash } });
  expect(copy?.hash).toBe(revised.after.hash);
  expect(copy?.portions.map((portion) => portion.text)).toEqual(['new one']);
  expect(copy?.disclosures.map(({ digest }) => digest).toSorted()).toEqual(renewed?.body['digests']);
  expect(correction?.id).toBe(revised.correction.id);
  const asks = await node.store.unit((unit) => unit.asks(revised.correction.id));
  expect(asks.map((ask) => ask.holder)).toEqual([onwardTo]);
});

/** What the letter says that the relay got to carry. */
async function opened() {
  for (let attempt = 0; attempt < 500; attempt++) {
    const found = node.peer.received.find(
      ({ message }) => message.type === 'letter' && message.to === holder.keyring.identity.service,
    );
    if (found) {
      const letter = found.message as Letter;
      const sealed = { key: letter.key, ...sealedPartOf(letter), info: letterInfo(letter) };
      const { messages } = must(readLetter(must(await holder.keyring.open(sealed))));
      return messages.flatMap((message) => (typeof message === 'string' ? [] : [message]));
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('no letter came');
}
