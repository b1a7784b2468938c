/** EXC-1, EXC-2, KEY-2, ADM-2: envelopes, sequences, receipts, HTTP. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileKeyring } from '#src/adapters/file-keyring.ts';
import { FakePeer } from '#tests/engine/fake-peer.ts';
import { type Check, check, mustBe, NotConformant } from '../check.ts';
import type { Peer } from '../peer.ts';

const codeOf = async (peer: Peer, bytes: Uint8Array) => {
  const answer = await peer.post(bytes);
  return 'code' in answer ? answer.code : 'receipt';
};

/** The envelope with one byte of its sealed part changed. */
function damaged(envelope: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(envelope);
  const last = bytes.length - 1;
  bytes[last] = (bytes[last] ?? 0) ^ 1;
  return bytes;
}

async function stranger(peer: Peer): Promise<FakePeer> {
  const home = await mkdtemp(join(tmpdir(), 'tansiq-conformance-'));
  try {
    return new FakePeer(await createFileKeyring(home), {
      service: peer.node.service,
      inceptionKey: peer.node.inceptionKey,
      signingKey: { id: '', publicKey: peer.node.inceptionKey },
      sealingKey: peer.node.sealingKey,
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

export const wireChecks: readonly Check[] = [
  check('EXC-1', 'refuses what is no envelope', async (peer) => {
    mustBe(await codeOf(peer, randomBytes(300)), 'envelope-malformed', 'random bytes');
    mustBe(await codeOf(peer, new Uint8Array(0)), 'envelope-malformed', 'nothing');
  }),
  check('EXC-1', 'refuses an envelope of an unknown version', async (peer) => {
    const bytes = await peer.envelope([], {}, false);
    bytes.set(new TextEncoder().encode('TANSIQ9\n'));
    mustBe(await codeOf(peer, bytes), 'envelope-version-unknown', 'TANSIQ9');
  }),
  check('EXC-1', 'refuses every suite but the pinned one', async (peer) => {
    const suite = '0020-0001-0001' as never;
    mustBe(await peer.answerTo([], { outer: { suite } }), 'envelope-suite-refused', 'X25519 alone');
  }),
  check('EXC-1', 'refuses an envelope for another service', async (peer) => {
    const to = 'A'.repeat(43);
    mustBe(await peer.answerTo([], { outer: { to } }), 'envelope-not-for-us', 'another recipient');
  }),
  check('EXC-1', 'refuses a key that it does not have, and a broken seal', async (peer) => {
    mustBe(await peer.answerTo([], { outer: { key: 'A'.repeat(43) } }), 'envelope-key-unknown', 'an unknown key');
    mustBe(await codeOf(peer, damaged(await peer.envelope([], {}, false))), 'envelope-seal-broken', 'a changed byte');
  }),
  check('EXC-1', 'refuses what its peer did not sign', async (peer) => {
    const { keyring } = await stranger(peer);
    const messages = [{ type: 'conformance-fence' }];
    mustBe(await peer.answerTo(messages, { signWith: keyring }), 'peer-unknown', 'signed by a stranger');
  }),
  check('EXC-1', 'refuses an envelope that is labelled otherwise than it was signed', async (peer) => {
    const messages = [{ type: 'conformance-fence' }];
    const outer = { sequence: peer.sequence + 7 };
    mustBe(await peer.answerTo(messages, { outer }), 'envelope-binding-mismatch', 'another sequence outside');
  }),
  check('KEY-2', 'knows nobody whose card it was not given', async (peer) => {
    const unknown = await stranger(peer);
    mustBe(await codeOf(peer, await unknown.envelope([{ type: 'conformance-fence' }])), 'peer-unknown', 'a stranger');
  }),
  check('EXC-2', 'answers a batch with a receipt for it, and a duplicate with the same', async (peer) => {
    const envelope = await peer.envelope([await peer.recordMessage()]);
    const [first, again] = [await peer.post(envelope), await peer.post(envelope)];
    if (!('receipt' in first) || !('receipt' in again)) throw new NotConformant('a valid batch was refused');
    mustBe([first.receipt.through, first.receipt.hash], [peer.sequence, peer.lastHash], 'the receipt');
    mustBe([again.receipt.through, again.receipt.hash], [peer.sequence, peer.lastHash], 'the receipt of the duplicate');
  }),
  check(
    'EXC-2',
    'answers a batch after a gap with the receipt for what it has, and takes it once the gap is filled',
    async (peer) => {
      const { sequence, lastHash } = peer;
      const missing = await peer.envelope([{ type: 'conformance-fence' }]);
      const later = await peer.envelope([{ type: 'conformance-fence' }]);
      const early = await peer.post(later);
      if (!('receipt' in early)) throw new NotConformant(`a batch after a gap was refused: ${early.code}`);
      mustBe([early.receipt.through, early.receipt.hash], [sequence, lastHash], 'the receipt after a gap');
      await peer.post(missing);
      const filled = await peer.post(later);
      mustBe('receipt' in filled && filled.receipt.through, sequence + 2, 'the receipt once the gap is filled');
    },
  ),
  check('EXC-4', 'answers a query with a receipt that names it', async (peer) => {
    const { binding, answer } = await peer.query();
    if (!('receipt' in answer)) throw new NotConformant(`a query was refused: ${answer.code}`);
    mustBe(answer.receipt.answers, binding, 'what the receipt answers');
    mustBe(answer.receipt.through, peer.sequence, 'what the receipt confirms');
  }),
  check('ADM-2', 'refuses an envelope above 8 MiB', async (peer) => {
    mustBe(await codeOf(peer, new Uint8Array(9 * 1024 * 1024)), 'envelope-too-large', 'nine mebibytes');
  }),
  check('EXC-1', 'takes nothing but envelopes at its exchange address', async (peer) => {
    const json = await peer.http({ method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    if (json.status < 400) throw new NotConformant(`JSON was answered with HTTP ${json.status}`);
    const get = await peer.http({ method: 'GET' });
    if (get.status < 400) throw new NotConformant(`GET was answered with HTTP ${get.status}`);
  }),
];
