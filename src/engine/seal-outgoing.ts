/** Signed batches, queries and receipts as sealed envelopes for one peer, whatever carries them. */
import type { KnownService, StoredBatch } from '#src/ports/store.ts';
import {
  batchEnvelopeHeader,
  encodeEnvelope,
  envelopeInfo,
  queryEnvelopeHeader,
  receiptEnvelopeHeader,
} from '#src/protocol/exchange/envelope.ts';
import { sealedPlaintext } from '#src/protocol/exchange/plaintext.ts';
import type { EnvelopeHeader } from '#src/protocol/exchange/state.ts';
import type { EngineDeps } from './deps.ts';
import type { SendQuery } from './send-step.ts';

/** A receipt of ours with the place that its envelope names. */
export interface SignedReceipt {
  readonly jws: string;
  readonly link: string;
  readonly epoch: number;
  readonly through: number;
}

const nothing = new Uint8Array(0);

export function sealedBatch(batch: StoredBatch, link: string, peer: KnownService, deps: EngineDeps) {
  const { epoch, sequence, hash, signedHeader, payload } = batch;
  const route = { from: deps.keyring.identity.service, to: peer.id, link, epoch, sequence };
  return seal(batchEnvelopeHeader(route, hash, peer.sealingKey.id), signedHeader, payload, peer, deps);
}

export function sealedQuery({ query, epoch, next }: SendQuery, link: string, peer: KnownService, deps: EngineDeps) {
  const claims = { from: deps.keyring.identity.service, to: peer.id, link, epoch, next };
  return seal(queryEnvelopeHeader(claims, query, peer.sealingKey.id, deps.primitives), query, nothing, peer, deps);
}

export function sealedReceipt(receipt: SignedReceipt, peer: KnownService, deps: EngineDeps) {
  const { jws, link, epoch, through } = receipt;
  const claims = { from: deps.keyring.identity.service, to: peer.id, link, epoch, through };
  return seal(receiptEnvelopeHeader(claims, jws, peer.sealingKey.id, deps.primitives), jws, nothing, peer, deps);
}

async function seal(
  header: EnvelopeHeader,
  signed: string,
  payload: Uint8Array,
  peer: KnownService,
  deps: EngineDeps,
): Promise<Uint8Array> {
  const { publicKey } = peer.sealingKey;
  const sealed = await deps.sealer.seal(publicKey, sealedPlaintext(signed, payload), envelopeInfo(header));
  return encodeEnvelope(header, sealed.enc, sealed.ciphertext);
}
