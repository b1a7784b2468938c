/** An envelope that came in, by whatever road: open, step, and keep what it brings, all in one unit of the store. */
import type { KnownService, StoreUnit } from '#src/ports/store.ts';
import { decodeEnvelope } from '#src/protocol/exchange/envelope.ts';
import { signedHeaderOf } from '#src/protocol/exchange/plaintext.ts';
import { verifyReceipt } from '#src/protocol/exchange/receipt.ts';
import type { ExchangeContext, ExchangeEffect, LinkState, Step } from '#src/protocol/exchange/state.ts';
import { initialLink, step } from '#src/protocol/exchange/step.ts';
import type { RecordId, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import { claimedId } from '#src/protocol/record/verify.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import { isOutage, togetherOrOneByOne } from './attempt.ts';
import type { EngineDeps } from './deps.ts';
import { epochBegan, linkStopped } from './epochs.ts';
import { hereOf } from './here.ts';
import { journalLine } from './issue.ts';
import type { PartnerQuota } from './partner-quota.ts';
import { problemOfSender } from './prove-sender.ts';
import { nodeLine, tryHeldAgain } from './recovery.ts';
import { noteRefusal } from './refuse-message.ts';
import { withoutRevoked } from './revoked-keys.ts';
import type { SignedReceipt } from './seal-outgoing.ts';
import { signNamed } from './sign-named.ts';
import { type Delivered, takeMessages } from './take-message.ts';
import { noteAnsweredKeys, takeKeysEnvelope } from './tell-keys.ts';

export interface Taken {
  readonly peer: KnownService;
  /** Our signed receipt to answer with; null where the envelope was itself an answer. */
  readonly receipt: SignedReceipt | null;
  /** `known`: a batch that was there already, or that cannot be taken yet. */
  readonly brought: 'batch' | 'known' | 'receipt' | 'query' | 'keys';
  /** Those of a batch, taken or refused. */
  readonly messages: number;
}

/** @param quota what its partner may still bring; absent for what officers carry in by hand, and for answers. */
export async function takeEnvelope(
  bytes: Uint8Array,
  deps: EngineDeps,
  quota?: PartnerQuota,
): Promise<Taken | Refusal> {
  const at = deps.clock.now();
  const envelope = decodeEnvelope(bytes);
  const taken = isRefusal(envelope) ? envelope : await openUnlessFault(envelope, deps, at, quota);
  if (!isRefusal(taken) && taken.brought === 'batch') {
    quota?.charge(taken.peer.id, { messages: taken.messages, bytes: bytes.length }, at);
  }
  if (isRefusal(taken)) {
    const peer = isRefusal(envelope) ? null : envelope.header.from;
    await deps.store.unit((unit) => noteAtTheDoor(unit, peer, taken, at));
  }
  return taken;
}

type Envelope = Exclude<ReturnType<typeof decodeEnvelope>, Refusal>;

/** ADM-1: one that brings about a fault of ours is refused by itself, wherever it came from; what was there before stays. */
async function openUnlessFault(
  envelope: Envelope,
  deps: EngineDeps,
  at: UnixMs,
  quota: PartnerQuota | undefined,
): Promise<Taken | Refusal> {
  try {
    return await deps.store.unit((unit) => open(unit, envelope, deps, at, quota));
  } catch (error) {
    if (isOutage(error)) throw error;
    deps.onFault?.(error);
    return refuse('envelope-not-taken');
  }
}

async function open(
  unit: StoreUnit,
  envelope: Envelope,
  deps: EngineDeps,
  at: UnixMs,
  quota: PartnerQuota | undefined,
): Promise<Taken | Refusal> {
  const { header } = envelope;
  const self = deps.keyring.identity.service;
  if (header.to !== self) return refuse('envelope-not-for-us');
  const opening = await deps.keyring.open({
    key: header.key,
    enc: envelope.enc,
    ciphertext: envelope.ciphertext,
    info: envelope.info,
  });
  if (isRefusal(opening)) return opening;
  const plaintext = opening;
  const known = await unit.knownService(header.from);
  const unproven = await problemOfSender(unit, header, plaintext, known, deps);
  if (unproven !== null || known === null) return unproven ?? refuse('peer-unknown');
  const keysRefused = header.type === 'keys' ? await takeKeysEnvelope(unit, header, plaintext, deps, at) : null;
  if (keysRefused !== null) return keysRefused;
  const peer = (header.type === 'keys' ? await unit.knownService(header.from) : null) ?? known;
  const state = await linkWith(unit, peer.id, deps);
  const knownHash = await unit.takenBatchHash(peer.id, header.epoch, header.sequence);
  // ADM-2: what was taken before is answered as ever
  const isNewBatch = header.type === 'batch' && knownHash === null;
  if (isNewBatch && quota?.allows(peer.id, at) === false) return refuse('rate-exceeded');
  const context = contextFor(peer, deps);
  const opened = step(state, { type: 'envelope-opened', header, plaintext, knownHash, now: at }, context);
  const done = await carryOut(unit, opened, peer, deps, at);
  await unit.saveLink(await stoppedMeanwhile(unit, done.state, opened.effects));
  // EXC-4: the answer to our query settles what was held until then
  const settled = state.out.asking !== null && done.state.out.asking === null;
  if (settled && (await unit.recovery()) === null) {
    await tryHeldAgain(unit, hereOf(deps, at));
  }
  if (done.refusal) return done.refusal;
  if (header.type === 'receipt') {
    const answered = verifyReceipt(signedHeaderOf(plaintext) ?? '', state, context);
    await noteAnsweredKeys(unit, peer.id, answered?.answers ?? null, deps, at);
  }
  const isNew = opened.effects.some(({ type }) => type === 'record-batch');
  const messages = opened.effects.filter(({ type }) => type === 'deliver' || type === 'queue').length;
  return { peer, receipt: done.receipt, brought: header.type === 'batch' && !isNew ? 'known' : header.type, messages };
}

export async function linkWith(unit: StoreUnit, peer: ServiceId, deps: EngineDeps): Promise<LinkState> {
  const state = (await unit.link(peer)) ?? initialLink(deps.keyring.identity.service, peer, deps.primitives);
  return withoutRevoked(state, deps.keyring);
}

export function contextFor(peer: KnownService, deps: EngineDeps): ExchangeContext {
  return {
    primitives: deps.primitives,
    signingKeyId: deps.keyring.identity.signingKey.id,
    peerKey: (key) => peer.signingKeys[key],
    carrier: peer.carrier,
  };
}

/** KEY-1: a message in the batch may have shown that the peer's keys contradict themselves, which stops this link. */
async function stoppedMeanwhile(
  unit: StoreUnit,
  state: LinkState,
  effects: readonly ExchangeEffect[],
): Promise<LinkState> {
  if (!effects.some((effect) => effect.type === 'deliver' && effect.message.type === 'keys')) return state;
  const now = await unit.link(state.peer);
  return now?.status === 'stopped' ? { ...state, status: now.status, stoppedBy: now.stoppedBy } : state;
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
  await unit.foresee({ records: first.effects.flatMap(claimedRecord) });
  for (let effect = effects.shift(); effect; effect = effects.shift()) {
    switch (effect.type) {
      case 'deliver': {
        const delivered = [deliveredBy(effect, peer.id)];
        while (effects[0]?.type === 'deliver') delivered.push(deliveredBy(effects.shift() as typeof effect, peer.id));
        await takeMessages(unit, delivered, hereOf(deps, at));
        break;
      }
      case 'queue':
        await unit.enqueue(peer.id, { message: effect.message }, at);
        if (effect.message.type === 'refusal') await noteRefusal(unit, peer.id, effect.message.code, at);
        break;
      case 'record-batch':
        await unit.recordTakenBatch(peer.id, effect, at);
        break;
      case 'sign-receipt': {
        const signature = await signNamed(deps.keyring, effect.signingInput);
        const signed = step(state, { type: 'receipt-signed', of: effect, signature }, contextFor(peer, deps));
        state = signed.state;
        effects.push(...signed.effects);
        break;
      }
      case 'reply':
        receipt = { jws: effect.receipt, link: state.link, epoch: effect.epoch, through: effect.through };
        break;
      case 'receipted':
        await receipted(unit, peer.id, effect, deps, at);
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

/** Of a record that is about to be taken, what it says it is. */
function claimedRecord(effect: ExchangeEffect): readonly RecordId[] {
  const delivered = effect.type === 'deliver' && effect.message.type === 'record' ? effect.message : null;
  const id = delivered && claimedId(delivered.sdJwt);
  return id === null ? [] : [id];
}

function deliveredBy(effect: Extract<ExchangeEffect, { type: 'deliver' }>, peer: ServiceId): Delivered {
  const { message, epoch, sequence, index } = effect;
  return { message, place: { peer, epoch, sequence, index } };
}

async function receipted(
  unit: StoreUnit,
  peer: ServiceId,
  receipt: Extract<ExchangeEffect, { type: 'receipted' }>,
  deps: EngineDeps,
  at: UnixMs,
): Promise<void> {
  const releases = await unit.markReceipted(peer, receipt.epoch, receipt.through, at);
  await unit.foresee({ releases });
  const each = {
    take: (part: StoreUnit, id: string) => delivered(part, peer, id, at),
    // ADM-1: one that cannot be read does not keep the receipt from counting for the others
    failed: (part: StoreUnit) =>
      part.appendJournal(nodeLine('release.delivery-unnoted', peer, at, 'message-not-taken')),
  };
  await togetherOrOneByOne(unit, releases, each, deps);
}

async function delivered(unit: StoreUnit, peer: ServiceId, id: string, at: UnixMs): Promise<void> {
  const release = await unit.release(id);
  if (!release) throw new Error('a receipted batch carried a release that does not exist');
  await unit.releaseDelivered(id, at);
  await unit.confirmHolder(peer, release.reference.hash, at);
  const line = { id: release.reference.record, hash: release.reference.hash };
  await unit.appendJournal(journalLine(null, 'release.delivered', line, at, { service: peer }));
}

/** ADM-1: what was refused at the door leaves a line, also when its sender is nobody that we know. */
async function noteAtTheDoor(unit: StoreUnit, from: ServiceId | null, refusal: Refusal, at: UnixMs): Promise<void> {
  const known = from === null ? null : await unit.knownService(from);
  await unit.noteInboundRefusal(known?.id ?? null, refusal.code, at);
}
