/** An envelope that came in, by whatever road: open, step, and keep what it brings, all in one unit of the store. */
import type { KnownService, StoreUnit } from '#src/ports/store.ts';
import { decodeEnvelope } from '#src/protocol/exchange/envelope.ts';
import type { ExchangeContext, ExchangeEffect, LinkState, Step } from '#src/protocol/exchange/state.ts';
import { initialLink, step } from '#src/protocol/exchange/step.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { EngineDeps } from './deps.ts';
import { epochBegan, linkStopped } from './epochs.ts';
import { journalLine } from './issue.ts';
import { partnerIsDone, returnRecords, takeReturned, tryHeldAgain } from './recovery.ts';
import type { SignedReceipt } from './seal-outgoing.ts';
import { takeRecord } from './take-record.ts';

export interface Taken {
  readonly peer: KnownService;
  /** Our signed receipt to answer with; null where the envelope was itself an answer. */
  readonly receipt: SignedReceipt | null;
}

export async function takeEnvelope(bytes: Uint8Array, deps: EngineDeps): Promise<Taken | Refusal> {
  const at = deps.clock.now();
  const envelope = decodeEnvelope(bytes);
  const taken = isRefusal(envelope) ? envelope : await deps.store.unit((unit) => open(unit, envelope, deps, at));
  if (isRefusal(taken)) {
    const peer = isRefusal(envelope) ? null : envelope.header.from;
    await deps.store.unit((unit) => noteAtTheDoor(unit, peer, taken, at));
  }
  return taken;
}

type Envelope = Exclude<ReturnType<typeof decodeEnvelope>, Refusal>;

async function open(unit: StoreUnit, envelope: Envelope, deps: EngineDeps, at: UnixMs): Promise<Taken | Refusal> {
  const { header } = envelope;
  const self = deps.keyring.identity.service;
  if (header.to !== self) return refuse('envelope-not-for-us');
  const peer = await unit.knownService(header.from);
  if (!peer || peer.revoked || peer.id === self) return refuse('peer-unknown');
  if (!peer.confirmed) return refuse('peer-unconfirmed');
  const plaintext = await deps.keyring.open({
    key: header.key,
    enc: envelope.enc,
    ciphertext: envelope.ciphertext,
    info: envelope.info,
  });
  if (isRefusal(plaintext)) return plaintext;
  const state = await linkWith(unit, peer.id, deps);
  const knownHash = await unit.takenBatchHash(peer.id, header.epoch, header.sequence);
  const context = contextFor(peer, deps);
  const opened = step(state, { type: 'envelope-opened', header, plaintext, knownHash, now: at }, context);
  const done = await carryOut(unit, opened, peer, deps, at);
  await unit.saveLink(done.state);
  // EXC-4: the answer to our query settles what was held until then
  const settled = state.out.asking !== null && done.state.out.asking === null;
  if (settled && (await unit.recovery()) === null) {
    await tryHeldAgain(unit, { self, primitives: deps.primitives, at });
  }
  if (done.refusal) return done.refusal;
  return { peer, receipt: done.receipt };
}

export async function linkWith(unit: StoreUnit, peer: ServiceId, deps: EngineDeps): Promise<LinkState> {
  return (await unit.link(peer)) ?? initialLink(deps.keyring.identity.service, peer, deps.primitives);
}

export function contextFor(peer: KnownService, deps: EngineDeps): ExchangeContext {
  return {
    primitives: deps.primitives,
    signingKeyId: deps.keyring.identity.signingKey.id,
    peerKey: (key) => peer.signingKeys[key],
    carrier: peer.carrier,
  };
}

interface Done {
  readonly state: LinkState;
  readonly refusal: Refusal | null;
  readonly receipt: Taken['receipt'];
}

/** Carries out the effects of a step on something that came in; signing leads to a further step. */
async function carryOut(unit: StoreUnit, first: Step, peer: KnownService, deps: EngineDeps, at: UnixMs): Promise<Done> {
  let { state } = first;
  let refusal: Refusal | null = null;
  let receipt: Taken['receipt'] = null;
  const effects: ExchangeEffect[] = [...first.effects];
  for (let effect = effects.shift(); effect; effect = effects.shift()) {
    switch (effect.type) {
      case 'deliver':
        await deliver(unit, effect, peer, deps, at);
        break;
      case 'queue':
        await unit.enqueue(peer.id, { message: effect.message }, at);
        if (effect.message.type === 'refusal') await unit.noteInboundRefusal(peer.id, effect.message.code, at);
        break;
      case 'record-batch':
        await unit.recordTakenBatch(peer.id, effect, at);
        break;
      case 'sign-receipt': {
        const signature = await deps.keyring.sign(effect.signingInput);
        const signed = step(state, { type: 'receipt-signed', of: effect, signature }, contextFor(peer, deps));
        state = signed.state;
        effects.push(...signed.effects);
        break;
      }
      case 'reply':
        receipt = { jws: effect.receipt, link: state.link, epoch: effect.epoch, through: effect.through };
        break;
      case 'receipted':
        await receipted(unit, peer.id, effect, at);
        break;
      case 'refused':
        refusal = refuse(effect.code);
        break;
      case 'link-stopped':
        refusal = refuse(effect.code);
        await linkStopped(unit, peer.id, effect, at);
        break;
      case 'new-epoch':
        await epochBegan(unit, peer.id, effect, at);
        break;
      case 'send':
        // The link's own worker resends on its next turn.
        break;
      case 'sign-batch':
      case 'sign-query':
      case 'send-query':
      case 'store-batch':
        throw new Error(`an incoming envelope cannot ask for ${effect.type}`);
    }
  }
  return { state, refusal, receipt };
}

async function deliver(
  unit: StoreUnit,
  delivered: Extract<ExchangeEffect, { type: 'deliver' }>,
  peer: KnownService,
  deps: EngineDeps,
  at: UnixMs,
): Promise<void> {
  const { message, epoch, sequence, index } = delivered;
  const here = { self: deps.keyring.identity.service, primitives: deps.primitives, at };
  switch (message.type) {
    case 'record':
      await takeRecord(unit, { peer: peer.id, epoch, sequence, index, sdJwt: message.sdJwt }, here);
      break;
    case 'recovery-wanted':
      await returnRecords(unit, peer.id, message.since, at);
      break;
    case 'returned': {
      const code = await takeReturned(unit, peer.id, message.sdJwt, here);
      if (code === null) break;
      const refusal = { type: 'refusal', epoch, sequence, index, record: null, code } as const;
      await unit.enqueue(peer.id, { message: refusal }, at);
      await unit.noteInboundRefusal(peer.id, code, at);
      break;
    }
    case 'recovery-done':
      await partnerIsDone(unit, peer.id, here);
      break;
    case 'refusal': {
      const release = await unit.releaseAt(peer.id, message.epoch, message.sequence, message.index);
      if (!release) break;
      await unit.releaseRefused(release, { code: message.code, by: peer.id }, at);
      const about = await unit.release(release);
      if (about) {
        const line = { id: about.reference.record, hash: about.reference.hash };
        const more = { service: peer.id, reason: message.code };
        await unit.appendJournal(journalLine(null, 'release.refused', line, at, more));
      }
      break;
    }
    case 'read-notice':
      await unit.releaseRead(peer.id, message.record, message.readAt);
      break;
  }
}

async function receipted(
  unit: StoreUnit,
  peer: ServiceId,
  receipt: Extract<ExchangeEffect, { type: 'receipted' }>,
  at: UnixMs,
): Promise<void> {
  const releases = await unit.markReceipted(peer, receipt.epoch, receipt.through, at);
  await unit.foresee({ releases });
  for (const id of releases) {
    const release = await unit.release(id);
    if (!release) throw new Error('a receipted batch carried a release that does not exist');
    await unit.releaseDelivered(id, at);
    await unit.confirmHolder(peer, release.reference.hash, at);
    const line = { id: release.reference.record, hash: release.reference.hash };
    await unit.appendJournal(journalLine(null, 'release.delivered', line, at, { service: peer }));
  }
}

/** ADM-1: what was refused at the door leaves a line, also when its sender is nobody that we know. */
async function noteAtTheDoor(unit: StoreUnit, from: ServiceId | null, refusal: Refusal, at: UnixMs): Promise<void> {
  const known = from === null ? null : await unit.knownService(from);
  await unit.noteInboundRefusal(known?.id ?? null, refusal.code, at);
}
