/** ADM-1 as a property: whatever one message says, what stands around it takes effect, and the link goes on. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hpkeSealer } from '#src/adapters/hpke-sealer.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { kinds } from '#src/kinds/index.ts';
import { canonicalJson } from '#src/protocol/canonical-json.ts';
import { encodeBundle } from '#src/protocol/exchange/bundle.ts';
import { letterInfo, letterOf, letterPlaintext } from '#src/protocol/exchange/letter.ts';
import { type LetterMessage, messageTypes } from '#src/protocol/exchange/message.ts';
import { jwsCompact, jwsSigningInput } from '#src/protocol/jws.ts';
import type { Json } from '#src/protocol/primitives.ts';
import type { RecordDraft, RecordLink, VerifiedRecord } from '#src/protocol/record/record.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { type BenchNode, benchNode } from './bench-node.ts';
import { day, type FakePeer } from './fake-peer.ts';
import { cardMessage, permissionBy } from './onward-parties.ts';

type Plain = { readonly [field: string]: Json };

/** Runs on a fresh node over the embedded database, with `runs` messages each among honest ones of a batch, a letter and a file. */
export function anyMessageContract(runs: number): void {
  describe('[ADM-1] any message among honest ones', () => {
    let node: BenchNode;
    let peer: FakePeer;
    let third: FakePeer;
    /** What is held here already, so that a message may speak of it. */
    let known: VerifiedRecord[];
    let valid: readonly Json[];

    beforeAll(async () => {
      node = await benchNode();
      peer = node.peer;
      third = await node.addPartner('third');
      const agreement = await peer.agreement(day(300));
      await node.engine.receive(await peer.envelope([recordMessage(agreement)]));
      await node.store.unit(async (unit) => {
        const stored = await unit.agreement(agreement.id);
        if (stored) await unit.putAgreement({ ...stored, ourAssentAt: Date.now(), theirAssentAt: Date.now() });
      });
      const report = await peer.record();
      await node.engine.receive(await peer.envelope([recordMessage(report)]));
      known = [agreement, report, await third.record()];
      valid = await validMessages();
    });
    afterAll(() => node.close());

    const self = () => node.keyring.identity.service;
    const recordMessage = (record: VerifiedRecord): Plain => ({ type: 'record', sdJwt: serialiseRecord(record) });
    const idOf = ({ keyring }: FakePeer) => keyring.identity.service;

    async function validMessages(): Promise<Json[]> {
      const [, report, other] = known as [VerifiedRecord, VerifiedRecord, VerifiedRecord];
      const next = await peer.record({ id: report.id, revision: 2, previous: report.hash });
      const skipping = await peer.record({ id: report.id, revision: 9, previous: next.hash });
      const permission = await permissionBy(third, other, { grantee: idOf(peer), onwardTo: self() });
      return [
        ...[report, next, skipping, permission, other].map(recordMessage),
        { type: 'refusal', epoch: 1, sequence: 1, index: 0, record: null, code: 'record-malformed' },
        { type: 'read-notice', record: report.hash, readAt: 1_772_323_200_000 },
        { type: 'revision', jwt: next.jwt },
        { type: 'revision-wanted', record: report.hash },
        await cardMessage(third),
        { type: 'recovery-wanted', after: null },
        { type: 'copies', after: null, hashes: [report.hash] },
        { type: 'copies-wanted', hashes: [report.hash] },
        { type: 'returned', sdJwt: serialiseRecord(report) },
        await letterWith([recordMessage(other) as LetterMessage]),
        { type: 'letter', to: idOf(third), key: 'A'.repeat(43), enc: 'A'.repeat(1_494), ciphertext: 'AAAA' },
      ];
    }

    async function letterWith(messages: readonly Json[]): Promise<Json> {
      const { service, sealingKey } = node.keyring.identity;
      const address = { to: service, key: sealingKey.id };
      const plaintext = letterPlaintext(idOf(peer), messages as unknown as readonly LetterMessage[]);
      const sealed = await hpkeSealer.seal(sealingKey.publicKey, plaintext, letterInfo(address));
      const letter = letterOf(service, sealingKey.id, sealed);
      if (isRefusal(letter)) throw new Error(letter.code);
      return letter;
    }

    /** A record that is truly signed, of any kind, saying anything. */
    const signedRecord = fc.record({
      by: fc.constantFrom('peer', 'third'),
      kind: fc.constantFrom(...kinds.keys(), 'no-such-kind'),
      of: fc.nat({ max: 2 }),
      revision: fc.constantFrom(1, 2, 3, 2_147_483_647),
      status: fc.constantFrom('active', 'withdrawn', 'erased'),
      body: fc.dictionary(fc.constantFrom(...bodyFields), leaf, { maxKeys: 6 }),
      links: fc.array(
        fc.record({
          type: fc.constantFrom('about', 'replies-to', 'supersedes', 'derived-from'),
          to: fc.nat({ max: 2 }),
        }),
        { maxLength: 3 },
      ),
      cites: fc.boolean(),
      sameId: fc.boolean(),
    });
    /** A statement that is truly signed and says anything. */
    const signedStatement = fc.record({
      type: fc.constantFrom('holding', 'keys'),
      claims: fc.dictionary(fc.constantFrom(...statementFields), leaf, { maxKeys: 10 }),
    });
    const anyMessage = fc.oneof(
      { weight: 4, arbitrary: signedRecord.map((value) => ({ make: 'record' as const, value })) },
      { weight: 2, arbitrary: signedStatement.map((value) => ({ make: 'statement' as const, value })) },
      {
        weight: 4,
        arbitrary: fc
          .record({ of: fc.nat(), field: fc.nat(), to: leaf, at: fc.nat(), cut: fc.boolean() })
          .map((value) => ({ make: 'changed' as const, value })),
      },
      {
        weight: 1,
        arbitrary: fc
          .record({
            type: fc.constantFrom(...messageTypes),
            more: fc.dictionary(fc.constantFrom(...messageFields), leaf),
          })
          .map((value) => ({ make: 'garbage' as const, value })),
      },
    );
    type Drawn = typeof anyMessage extends fc.Arbitrary<infer T> ? T : never;

    async function made(drawn: Drawn): Promise<Json> {
      switch (drawn.make) {
        case 'record': {
          // What the core cannot even write down, no peer can have signed
          const record = await recordOf(drawn.value).catch(() => null);
          fc.pre(record !== null);
          return recordMessage(record as VerifiedRecord);
        }
        case 'statement': {
          const { type, claims } = drawn.value;
          const input = jwsSigningInput(
            `tansiq-${type}`,
            peer.keyring.identity.signingKey.id,
            canonicalJson(claims as Json),
          );
          return { type, statement: jwsCompact(input, await peer.keyring.sign(input)) };
        }
        case 'changed': {
          const { of, field, to, at, cut } = drawn.value;
          const message = valid[of % valid.length] as Plain;
          const fields = Object.keys(message);
          const name = fields[field % fields.length] as string;
          const before = message[name];
          if (typeof before !== 'string' || cut) return { ...message, [name]: to };
          const place = at % before.length;
          const flipped = before[place] === 'A' ? 'B' : 'A';
          return { ...message, [name]: `${before.slice(0, place)}${flipped}${before.slice(place + 1)}` };
        }
        case 'garbage':
          return { ...drawn.value.more, type: drawn.value.type } as Json;
      }
    }

    function recordOf(value: typeof signedRecord extends fc.Arbitrary<infer T> ? T : never): Promise<VerifiedRecord> {
      const target = known[value.of] as VerifiedRecord;
      const reference = ({ origin, id, revision, hash }: VerifiedRecord) => ({ origin, record: id, revision, hash });
      const by = value.by === 'peer' ? peer : third;
      const links = value.links.map(
        ({ type, to }) => ({ ...reference(known[to] as VerifiedRecord), type }) as RecordLink,
      );
      return by.record({
        kind: value.kind as RecordDraft['kind'],
        revision: value.revision,
        previous: value.revision === 1 ? null : target.hash,
        status: value.status as RecordDraft['status'],
        body: value.body as RecordDraft['body'],
        links,
        cites: value.cites ? [reference(target)] : [],
        // Another revision of what is held, or of nothing
        ...(value.sameId && target.origin === idOf(by) && { id: target.id }),
      });
    }

    async function isOpen(): Promise<boolean> {
      return (await node.store.unit((unit) => unit.link(idOf(peer))))?.status === 'open';
    }
    async function held(records: readonly VerifiedRecord[]): Promise<boolean[]> {
      return node.store.unit(async (unit) => {
        const found: boolean[] = [];
        for (const { hash } of records) found.push((await unit.sdJwt(hash)) !== null);
        return found;
      });
    }
    const honest = () => Promise.all([peer.record(), peer.record()]);
    async function prove(carry: (before: Json, any: Json, after: Json) => Promise<boolean>): Promise<void> {
      await fc.assert(
        fc.asyncProperty(anyMessage, async (drawn) => {
          const [before, after] = await honest();
          expect(await carry(recordMessage(before), await made(drawn), recordMessage(after))).toBe(true);
          expect(await held([before, after])).toEqual([true, true]);
          expect(await isOpen()).toBe(true);
          // Nothing that a partner can write brings about a fault here: each is refused by its own code
          expect(node.faults).toEqual([]);
        }),
        { numRuns: runs },
      );
    }

    it('of a batch leaves those before and after it taken', () =>
      prove(async (...messages) => !isRefusal(await node.engine.receive(await peer.envelope(messages)))));

    it('of a letter leaves those before and after it taken', () =>
      prove(
        async (...messages) => !isRefusal(await node.engine.receive(await peer.envelope([await letterWith(messages)]))),
      ));

    it('of a file leaves the envelopes before and after its own taken', () =>
      prove(async (...messages) => {
        const envelopes: Uint8Array[] = [];
        for (const message of messages) envelopes.push(await peer.envelope([message]));
        const imported = await node.engine.importBundle(encodeBundle(envelopes));
        return !isRefusal(imported) && imported.taken === 3;
      }));
  });
}

const extremes = [0, -1, 1, 2 ** 31, 2 ** 53 - 1, 7_258_118_399_999, 7_258_118_400_000, 0.5];
const words = [
  '',
  'A'.repeat(43),
  '2199-12-31',
  '9999-12-31',
  '0001-01-01',
  '2026-02-30',
  'granted',
  'end',
  'onward',
  'erased',
  '\u202e',
  '٣',
];
const leaf: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(...extremes, ...words, null, true, [], {}),
  fc.string({ maxLength: 40 }),
  fc.array(fc.constantFrom<Json>(...words, ...extremes), { maxLength: 3 }),
  fc.uuid(),
  fc.constant(0).map(() => Buffer.from(nodePrimitives.sha256(randomBytes(4))).toString('base64url')),
);
const bodyFields = [
  ...[
    'decision',
    'agreement',
    'use',
    'grantee',
    'onwardTo',
    'onwardCard',
    'record',
    'hash',
    'digests',
    'validUntil',
    'ground',
  ],
  ...[
    'change',
    'explanation',
    'respondBy',
    'answer',
    'urgency',
    'results',
    'parties',
    'ceiling',
    'purposes',
    'reason',
    'portions',
  ],
];
const statementFields = [
  ...['v', 'by', 'origin', 'record', 'hash', 'digests', 'holder', 'relay', 'act', 'at'],
  ...['service', 'version', 'previous', 'signing', 'revoked', 'sealing', 'recovery'],
];
const messageFields = [
  'sdJwt',
  'jwt',
  'card',
  'statement',
  'record',
  'code',
  'epoch',
  'sequence',
  'index',
  'since',
  'to',
  'readAt',
];
