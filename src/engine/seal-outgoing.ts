/** Signed batches, queries and receipts as sealed envelopes for one peer, whatever carries them. */
import type { Sealer } from '#src/ports/keyring.ts';
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
import { isRefusal, type Refusal } from '#src/protocol/refusal.ts';
import type { EngineDeps } from './deps.ts';
import type { SendQuery } from './send-step.ts';
import { sealTo } from './usable-key.ts';

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
  return sealEnvelope(batchEnvelopeHeader(route, hash, peer.sealingKey.id), signedHeader, payload, peer, deps.sealer);
}

export function sealedQuery({ query, epoch, next }: SendQuery, link: string, peer: KnownService, deps: EngineDeps) {
  const claims = { from: deps.keyring.identity.service, to: peer.id, link, epoch, next };
  return sealEnvelope(
    queryEnvelopeHeader(claims, query, peer.sealingKey.id, deps.primitives),
    query,
    nothing,
    peer,
    deps.sealer,
  );
}

export function sealedReceipt(receipt: SignedReceipt, peer: KnownService, deps: EngineDeps) {
  const { jws, link, epoch, through } = receipt;
  const claims = { from: deps.keyring.identity.service, to: peer.id, link, epoch, through };
  return sealEnvelope(
    receiptEnvelopeHeader(claims, jws, peer.sealingKey.id, deps.primitives),
    jws,
    nothing,
    peer,
    deps.sealer,
  );
}

/** `sealing-key-unusable` where the peer's key is none: then nothing can go to it, and nothing else is touched by that. */
export async function sealEnvelope(
  header: EnvelopeHeader,
  signed: string,
  payload: Uint8Array,
  { sealingKey }: KnownService,
  sealer: Sealer,
): Promise<Uint8Array | Refusal> {
  const plaintext = sealedPlaintext(signed, payload);
  const sealed = await sealTo(sealingKey.publicKey, plaintext, envelopeInfo(header), sealer);
  return isRefusal(sealed) ? sealed : encodeEnvelope(header, sealed.enc, sealed.ciphertext);
}
