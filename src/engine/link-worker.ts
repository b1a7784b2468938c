/** One peer's outgoing side: forms a batch, sends it until its receipt is verified, then forms the next. */

import { StoreUnavailable } from '#src/ports/database.ts';
import type { KnownService, StoreUnit } from '#src/ports/store.ts';
import { TransportUnavailable } from '#src/ports/transport.ts';
import { batchEnvelopeHeader, encodeEnvelope, envelopeInfo } from '#src/protocol/exchange/envelope.ts';
import { sealedPlaintext } from '#src/protocol/exchange/plaintext.ts';
import type { ExchangeEffect, LinkState, Step } from '#src/protocol/exchange/state.ts';
import { step } from '#src/protocol/exchange/step.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import type { EngineDeps } from './deps.ts';
import { type NextBatch, nextBatch } from './form-batch.ts';
import { journalLine } from './issue.ts';
import { contextFor, linkWith, takeEnvelope } from './take-envelope.ts';

type Send = Extract<ExchangeEffect, { type: 'send' }>;

interface Due {
  readonly send: Send;
  readonly link: string;
  readonly peer: KnownService;
  readonly url: string;
}

/** How long a worker waits before it looks again by itself; `wake` ends the wait. */
const idleDelayMs = 1_000;
const deliveryTimeoutMs = 30_000;

export class LinkWorker {
  readonly #peer: ServiceId;
  readonly #deps: EngineDeps;
  readonly #changed: () => void;
  #stopping = new AbortController();
  #firstTurn = true;
  #woken = false;
  #wakeUp: (() => void) | null = null;
  #running: Promise<void> | null = null;

  constructor(peer: ServiceId, deps: EngineDeps, changed: () => void) {
    this.#peer = peer;
    this.#deps = deps;
    this.#changed = changed;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  wake(): void {
    this.#woken = true;
    this.#wakeUp?.();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wakeUp?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#woken = false;
      const goOn = await this.#turn();
      if (!goOn) await this.#rest();
    }
  }

  async #rest(): Promise<void> {
    if (this.#woken || this.#stopping.signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, idleDelayMs);
    this.#wakeUp = resolve;
    await promise;
    clearTimeout(timer);
    this.#wakeUp = null;
  }

  /** Forms or resends, and says whether there may be more to do at once. */
  async #turn(): Promise<boolean> {
    try {
      const due = await this.#deps.store.unit((unit) => this.#due(unit));
      if (!due) return false;
      this.#changed();
      return await this.#send(due);
    } catch (error) {
      // Nothing is lost by an outage: what was queued is still queued, and the next turn finds it.
      if (error instanceof StoreUnavailable) return false;
      await this.#failed(error);
      return false;
    }
  }

  /** ADM-1: a fault on one link, perhaps brought about by its peer, stops neither the node nor the other links. */
  async #failed(error: unknown): Promise<void> {
    this.#deps.onFault?.(error);
    const contact = { at: this.#deps.clock.now(), failure: 'internal-fault', nextAttemptAt: null };
    await this.#deps.store
      .unit((unit) => unit.noteContact(this.#peer, contact))
      .catch((later) => this.#deps.onFault?.(later));
  }

  async #due(unit: StoreUnit): Promise<Due | null> {
    const peer = await unit.knownService(this.#peer);
    if (!peer?.confirmed || peer.revoked || peer.url === null) return null;
    const at = this.#deps.clock.now();
    const context = contextFor(peer, this.#deps);
    const ticked = step(
      await linkWith(unit, this.#peer, this.#deps),
      { type: 'tick', now: at, restarted: this.#firstTurn },
      context,
    );
    this.#firstTurn = false;
    let done = await this.#carryOut(unit, ticked, peer, null, at);
    if (!done.send && done.state.status === 'open' && done.state.out.unreceipted.length === 0) {
      const { keyring, primitives } = this.#deps;
      const ownKey = keyring.identity.signingKey;
      const next = await nextBatch(unit, this.#peer, { self: keyring.identity.service, ownKey, primitives, at });
      if (next.messages.length > 0) {
        const formed = step(done.state, { type: 'messages-queued', messages: next.messages, now: at }, context);
        done = await this.#carryOut(unit, formed, peer, next, at);
      }
    }
    await unit.saveLink(done.state);
    return done.send && { send: done.send, link: done.state.link, peer, url: peer.url };
  }

  async #carryOut(
    unit: StoreUnit,
    first: Step,
    peer: KnownService,
    batch: NextBatch | null,
    at: UnixMs,
  ): Promise<{ state: LinkState; send: Send | null }> {
    let { state } = first;
    let send: Send | null = null;
    const effects = [...first.effects];
    for (let effect = effects.shift(); effect; effect = effects.shift()) {
      switch (effect.type) {
        case 'sign-batch': {
          const signature = await this.#deps.keyring.sign(effect.signingInput);
          const signed = step(
            state,
            { type: 'batch-signed', of: effect, signature, now: at },
            contextFor(peer, this.#deps),
          );
          state = signed.state;
          effects.push(...signed.effects);
          break;
        }
        case 'sign-receipt': {
          const signature = await this.#deps.keyring.sign(effect.signingInput);
          const context = contextFor(peer, this.#deps);
          const signed = step(state, { type: 'receipt-signed', of: effect, signature }, context);
          state = signed.state;
          effects.push(...signed.effects);
          break;
        }
        case 'reply':
          // A receipt whose envelope is long answered travels with the next batch.
          break;
        case 'store-batch':
          await unit.saveBatch(peer.id, effect, effect.messageIds, at);
          await markSent(unit, effect, batch, peer.id, at);
          break;
        case 'send':
          send = effect;
          break;
        case 'refused':
          break;
        default:
          throw new Error(`the sending side of a link cannot ask for ${effect.type}`);
      }
    }
    return { state, send };
  }

  async #send({ send, link, peer, url }: Due): Promise<boolean> {
    const { store, keyring, sealer, transport } = this.#deps;
    const batches = await store.unit((unit) => unit.batches(peer.id, send.epoch, send.from, send.through));
    for (const batch of batches) {
      const route = { from: keyring.identity.service, to: peer.id, link, epoch: batch.epoch, sequence: batch.sequence };
      const header = batchEnvelopeHeader(route, batch.hash, peer.sealingKey.id);
      const plaintext = sealedPlaintext(batch.signedHeader, batch.payload);
      const sealed = await sealer.seal(peer.sealingKey.publicKey, plaintext, envelopeInfo(header));
      const failure = await this.#deliver(transport, url, encodeEnvelope(header, sealed.enc, sealed.ciphertext));
      const at = this.#deps.clock.now();
      await store.unit((unit) => unit.noteContact(peer.id, { at, failure, nextAttemptAt: null }));
      this.#changed();
      if (failure !== null) return false;
    }
    return true;
  }

  /** Delivers one envelope and takes its answer. Returns what failed, or null. */
  async #deliver(transport: EngineDeps['transport'], url: string, envelope: Uint8Array): Promise<string | null> {
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(deliveryTimeoutMs)]);
    try {
      const reply = await transport.deliver(url, envelope, signal);
      if ('refusedWith' in reply) return reply.refusedWith;
      const taken = await takeEnvelope(reply.answer, this.#deps);
      return isRefusal(taken) ? taken.code : null;
    } catch (error) {
      if (error instanceof TransportUnavailable) return 'unreachable';
      throw error;
    }
  }
}

async function markSent(
  unit: StoreUnit,
  stored: Extract<ExchangeEffect, { type: 'store-batch' }>,
  batch: NextBatch | null,
  peer: ServiceId,
  at: UnixMs,
): Promise<void> {
  for (const [index, itemId] of stored.messageIds.entries()) {
    const sent = batch?.releases.get(itemId);
    if (!sent) continue;
    const { epoch, sequence } = stored;
    await unit.releaseSent(sent.release, { epoch, sequence, index, digests: sent.digests }, at);
    const release = await unit.release(sent.release);
    if (!release) throw new Error('a release vanished while it was sent');
    const { record, hash } = release.reference;
    await unit.putHolder({ record, hash, holder: peer, via: null, digests: sent.digests }, 'granted', at);
    await unit.appendJournal(journalLine(null, 'release.sent', { id: record, hash }, at, { service: peer }));
  }
}
