/** Vectors of one link: batches, a query, receipts, and what a restore does. */
import { realCrypto } from '#sim/crypto.ts';
import { LinkEnd, note, type Opened, only } from '#sim/link-end.ts';
import { encodeEnvelope, envelopeInfo } from '#src/protocol/exchange/envelope.ts';
import type { ExchangeEffect } from '#src/protocol/exchange/state.ts';

type Stored = Extract<ExchangeEffect, { type: 'store-batch' }>;
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const claimsOf = (jws: string): unknown => JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());

export function linkVectors() {
  const [one, other] = LinkEnd.pair(realCrypto);
  const sealed = ({ header, plaintext }: Opened, to: LinkEnd) => {
    const { enc, ciphertext } = realCrypto.seal(to.keys.sealingKey, plaintext, envelopeInfo(header));
    return hex(encodeEnvelope(header, enc, ciphertext));
  };
  const batch = (stored: Stored) => {
    const opened = one.envelope(stored, other);
    return {
      header: claimsOf(stored.signedHeader),
      signedHeader: stored.signedHeader,
      payload: Buffer.from(stored.payload).toString(),
      hash: stored.hash,
      plaintextBytes: opened.plaintext.length,
      envelope: sealed(opened, other),
    };
  };
  const atStart = one.restart();
  const answer = only('reply', other.receive(one.queryEnvelope(atStart, other)));
  one.receive(other.receiptEnvelope(answer, one));
  const first = one.form(note(1_772_323_200_000));
  const backup = one.state;
  const reply = only('reply', other.receive(one.envelope(first, other)));
  one.receive(other.receiptEnvelope(reply, one));
  const second = one.form(
    { type: 'refusal', epoch: 1, sequence: 3, index: 0, record: null, code: 'record-too-large' },
    { type: 'record', sdJwt: '…not a record…' },
  );
  other.receive(one.envelope(second, other));
  // service `one` is restored from the backup, in which the first batch has no receipt yet and the second never was
  one.state = backup;
  const asked = one.restart();
  const told = only('reply', other.receive(one.queryEnvelope(asked, other)));
  const begun = only('new-epoch', one.receive(other.receiptEnvelope(told, one)));
  const third = one.form(note(1_772_323_200_000));
  return {
    about:
      'EXC-1, EXC-2, EXC-4: one link, from service `one` to service `other`. Seeds are Ed25519 private keys (RFC 8032) and X-Wing seeds at once; hexadecimal. Envelopes are sealed with fresh randomness; opened with the seed of `other`, they give `signedHeader`, LF, `payload` (UTF-8) and zeros, `plaintextBytes` in all. `query` is what `one` asks when its process starts, `answer` the receipt that `other` signs for it. `receipt` answers the first batch. Then `one` is restored from a backup made before that receipt: it asks, `answer` tells it that a second batch was taken, and `batch`, with the message that had no receipt, begins a new epoch.',
    one: { seed: '01'.repeat(32), service: one.state.self, signingKey: hex(one.keys.signingKey) },
    other: { seed: '02'.repeat(32), service: other.state.self, signingKey: hex(other.keys.signingKey) },
    link: one.state.link,
    query: {
      jws: atStart.query,
      claims: claimsOf(atStart.query),
      envelope: sealed(one.queryEnvelope(atStart, other), other),
    },
    answer: { jws: answer.receipt, claims: claimsOf(answer.receipt) },
    batches: [batch(first), batch(second)],
    receipt: { through: reply.through, jws: reply.receipt, claims: claimsOf(reply.receipt) },
    restore: {
      query: {
        jws: asked.query,
        claims: claimsOf(asked.query),
        envelope: sealed(one.queryEnvelope(asked, other), other),
      },
      answer: { jws: told.receipt, claims: claimsOf(told.receipt) },
      epoch: begun.epoch,
      after: begun.after,
      batch: batch(third),
    },
  };
}
