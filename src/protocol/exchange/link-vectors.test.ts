import { createHash } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { describe, expect, it } from 'vitest';
import { realCrypto } from '#sim/crypto.ts';
import { LinkEnd, note, only } from '#sim/link-end.ts';
import vectors from '../../../spec/vectors/exchange/link.json' with { type: 'json' };
import { utf8 } from '../encoding.ts';
import { isRefusal } from '../refusal.ts';
import { decodeEnvelope } from './envelope.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');

function opened(envelope: string, seed: string) {
  const decoded = decodeEnvelope(hex(envelope));
  if (isRefusal(decoded)) throw new Error(decoded.code);
  const plaintext = realCrypto.keysOf(hex(seed)).open(decoded, decoded.info);
  if (plaintext === null) throw new Error('the seal is broken');
  return { header: decoded.header, plaintext };
}

describe('[EXC-1] the link of the vectors', () => {
  it('has the identities of its seeds, and one name', () => {
    const [one, other] = LinkEnd.pair(realCrypto);
    expect(one.state).toMatchObject({ self: vectors.one.service, peer: vectors.other.service, link: vectors.link });
    expect(other.state.link).toBe(vectors.link);
    const [low, high] = [vectors.one.service, vectors.other.service].sort();
    expect(vectors.link).toBe(sha256(`${low}${high}`));
    expect(vectors.one.service).toBe(createHash('sha256').update(hex(vectors.one.signingKey)).digest('base64url'));
  });

  it.each([
    ...[...vectors.batches, vectors.restore.batch].map((batch) => [batch.signedHeader, 'one'] as const),
    [vectors.query.jws, 'one'] as const,
    [vectors.restore.query.jws, 'one'] as const,
    ...[vectors.answer, vectors.receipt, vectors.restore.answer].map(({ jws }) => [jws, 'other'] as const),
  ])('signs what another implementation verifies (%#)', (jws, signer) => {
    const [header, payload, signature] = jws.split('.') as [string, string, string];
    const key = hex(vectors[signer].signingKey);
    expect(ed25519.verify(Buffer.from(signature, 'base64url'), utf8(`${header}.${payload}`), key)).toBe(true);
  });

  it.each([...vectors.batches, vectors.restore.batch])(
    'opens batch $header.sequence and finds exactly what was sealed',
    (batch) => {
      const { header, plaintext } = opened(batch.envelope, vectors.other.seed);
      const start = `${batch.signedHeader}\n${batch.payload}`;
      const length = utf8(start).length;
      expect(Buffer.from(plaintext.subarray(0, length)).toString()).toBe(start);
      expect([...plaintext.subarray(length)].every((byte) => byte === 0)).toBe(true);
      expect(plaintext).toHaveLength(batch.plaintextBytes);
      expect(header.binding).toBe(sha256(batch.signedHeader));
      expect(header.binding).toBe(batch.hash);
      expect(batch.header.payloadDigest).toBe(sha256(batch.payload));
    },
  );

  it('takes both batches and signs the receipt of the vectors', () => {
    const [, other] = LinkEnd.pair(realCrypto);
    const [first, second] = vectors.batches.map(({ envelope }) => opened(envelope, vectors.other.seed));
    if (first === undefined || second === undefined) throw new Error('the vectors hold two batches');
    const reply = only('reply', other.receive(other.opened(first.header, first.plaintext)));
    expect(reply.receipt).toBe(vectors.receipt.jws);
    expect(reply.through).toBe(vectors.receipt.through);
    const effects = other.receive(other.opened(second.header, second.plaintext));
    expect(effects.filter(({ type }) => type === 'deliver')).toHaveLength(2);
    expect(other.state.in.through).toBe(2);
  });

  it('[EXC-4] answers the queries of the vectors, and takes the epoch that begins after the restore', () => {
    const [, other] = LinkEnd.pair(realCrypto);
    const arrive = (envelope: string) => {
      const { header, plaintext } = opened(envelope, vectors.other.seed);
      return other.receive(other.opened(header, plaintext));
    };
    expect(only('reply', arrive(vectors.query.envelope)).receipt).toBe(vectors.answer.jws);
    for (const { envelope } of vectors.batches) arrive(envelope);
    expect(only('reply', arrive(vectors.restore.query.envelope)).receipt).toBe(vectors.restore.answer.jws);
    only('reply', arrive(vectors.restore.batch.envelope));
    expect(other.state.in).toMatchObject({ epoch: vectors.restore.epoch, through: 1 });
  });

  it('[EXC-4] finds out from its answer that it was restored, and begins the epoch of the vectors', () => {
    const [one, other] = LinkEnd.pair(realCrypto);
    one.form(note(1_772_323_200_000));
    // the nonces of the vectors are those of this end, in order
    one.restart();
    expect(one.restart().query).toBe(vectors.restore.query.jws);
    const { jws: receipt, claims } = vectors.restore.answer;
    const reply = { type: 'reply', receipt, epoch: claims.epoch, through: claims.through } as const;
    const { epoch, after } = vectors.restore;
    expect(one.receive(other.receiptEnvelope(reply, one))).toEqual([
      { type: 'new-epoch', epoch, after, cause: 'own-restore' },
    ]);
    expect(one.form(note(1_772_323_200_000)).hash).toBe(vectors.restore.batch.hash);
  });
});
