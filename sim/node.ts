import {
  batchEnvelopeHeader,
  decodeEnvelope,
  encodeEnvelope,
  envelopeInfo,
  receiptEnvelopeHeader,
} from '#src/protocol/exchange/envelope.ts';
import type { Message } from '#src/protocol/exchange/message.ts';
import { sealedPlaintext } from '#src/protocol/exchange/plaintext.ts';
import type {
  EnvelopeHeader,
  ExchangeContext,
  ExchangeEffect,
  ExchangeEvent,
  LinkState,
  SignBatch,
  SignReceipt,
} from '#src/protocol/exchange/state.ts';
import { initialLink } from '#src/protocol/exchange/step.ts';
import { keyIdOf, serviceIdOf } from '#src/protocol/fingerprint.ts';
import type { KeyId, ServiceId } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Watched } from './checkers.ts';
import type { SimKeys } from './crypto.ts';
import type { AfterCommit } from './disk.ts';
import { Machine } from './machine.ts';
import { stepWith } from './mutants.ts';
import { nextMessages, noteReceipted, noteRefusal, takeRecord } from './node-records.ts';
import type { World } from './world.ts';

export interface SimPeer {
  readonly service: ServiceId;
  readonly name: string;
  readonly signingKey: Uint8Array;
  readonly sealingKey: Uint8Array;
}

/** What an envelope was answered with: sealed bytes, or a code. */
export type Answer = { readonly envelope: Uint8Array } | { readonly code: string };
type GiveAnswer = (answer: Answer) => void;

/** One service's node: the driver that the protocol's core asks for, over a disk whose power may fail at any point. */
export class SimNode extends Machine implements Watched {
  readonly name: string;
  readonly keys: SimKeys;
  readonly service: ServiceId;
  readonly keyId: KeyId;
  readonly lies: boolean;
  readonly peers = new Map<ServiceId, SimPeer>();
  /** Keys in hardware: a signature comes later, outside the unit that asked for it, or never. */
  readonly #signsLater: boolean;

  constructor(world: World, name: string, keys: SimKeys, lies: boolean) {
    super(world);
    this.name = name;
    this.keys = keys;
    this.lies = lies;
    this.service = serviceIdOf(keys.signingKey, world.crypto.primitives);
    this.keyId = keyIdOf(keys.signingKey, world.crypto.primitives);
    this.#signsLater = world.random.chance(0.3);
  }

  meet(peer: SimPeer): void {
    this.peers.set(peer.service, peer);
  }

  /** An officer's work: in one unit, given up when the power goes. */
  act(work: (after: AfterCommit) => void): void {
    if (!this.isUp) return;
    this.unit(work);
    for (const peer of this.peers.values()) this.#sendWaiting(peer);
  }

  /** Nothing is left to send to an honest peer, and nothing to sign. */
  isQuiet(): boolean {
    const honest = [...this.peers.values()].filter((peer) => !this.world.isLiar(peer.service));
    return (
      this.isUp &&
      honest.every(({ service }) => {
        const { out, in: taken } = this.disk.link(service) ?? { out: null, in: null };
        const idle = out === null || (out.unreceipted.length === 0 && out.signing === null && taken.signing === null);
        return idle && this.disk.waiting(service).length === 0;
      })
    );
  }

  receive(bytes: Uint8Array, give: GiveAnswer): void {
    if (!this.isUp) return;
    const opened = this.#open(bytes);
    if (isRefusal(opened)) {
      give({ code: opened.code });
      return;
    }
    const { peer, header, plaintext } = opened;
    const knownHash = this.disk.batchesIn.get(`${peer.service} ${header.epoch} ${header.sequence}`) ?? null;
    const event = { type: 'envelope-opened', header, plaintext, knownHash, now: this.now } as const;
    this.#happen(peer, event, give);
  }

  #open(bytes: Uint8Array): { peer: SimPeer; header: EnvelopeHeader; plaintext: Uint8Array } | Refusal {
    const envelope = decodeEnvelope(bytes);
    if (isRefusal(envelope)) return envelope;
    const { header, info } = envelope;
    if (header.to !== this.service) return refuse('envelope-not-for-us');
    const peer = this.peers.get(header.from);
    if (peer === undefined) return refuse('peer-unknown');
    const plaintext = this.keys.open(envelope, info);
    return plaintext === null ? refuse('envelope-seal-broken') : { peer, header, plaintext };
  }

  protected override tick(restarted: boolean): void {
    for (const peer of this.peers.values()) {
      this.#happen(peer, { type: 'tick', now: this.now, restarted });
      this.#sendWaiting(peer);
    }
  }

  #sendWaiting(peer: SimPeer): void {
    if (!this.isUp || this.disk.waiting(peer.service).length === 0) return;
    this.unit((after) => {
      const messages = nextMessages(this, peer.service, this.world.random.between(1, 6));
      this.#step(peer, { type: 'messages-queued', messages, now: this.now }, after);
    });
  }

  #happen(peer: SimPeer, event: ExchangeEvent, give?: GiveAnswer): void {
    if (this.isUp) this.unit((after) => this.#step(peer, event, after, give));
  }

  /** Steps one link and carries out what it asks for. */
  #step(peer: SimPeer, event: ExchangeEvent, after: AfterCommit, give?: GiveAnswer): void {
    const { primitives } = this.world.crypto;
    const context: ExchangeContext = {
      primitives,
      signingKeyId: this.keyId,
      peerKey: (key) => (key === keyIdOf(peer.signingKey, primitives) ? peer.signingKey : undefined),
    };
    let state = this.disk.link(peer.service) ?? initialLink(this.service, peer.service, primitives);
    const events: ExchangeEvent[] = [event];
    for (let next = events.shift(); next !== undefined; next = events.shift()) {
      const done = stepWith(this.world.mutant, state, next, context);
      state = done.state;
      for (const effect of done.effects) {
        this.powerMayFail();
        const signed = this.#carryOut(effect, peer, state, after, give);
        if (signed !== null) events.push(signed);
      }
    }
    this.disk.saveLink(state);
  }

  #carryOut(
    effect: ExchangeEffect,
    peer: SimPeer,
    state: LinkState,
    after: AfterCommit,
    give?: GiveAnswer,
  ): ExchangeEvent | null {
    const { disk, world } = this;
    switch (effect.type) {
      case 'sign-batch':
      case 'sign-receipt':
        if (!this.#signsLater) return this.#signed(effect);
        if (world.mutant === 'queue-emptied-early' && effect.type === 'sign-batch') {
          for (const id of effect.messageIds) disk.outbox.delete(id);
        }
        after.leave(() => this.#signLater(effect, peer, give));
        return null;
      case 'store-batch': {
        const { epoch, sequence, hash, signedHeader, payload, messageIds } = effect;
        const batch = { hash, signedHeader, payload, messages: messageIds.length };
        disk.batchesOut.set(`${peer.service} ${epoch} ${sequence}`, batch);
        for (const [index, id] of messageIds.entries())
          this.#takeFromQueue(id, `${peer.service} ${epoch} ${sequence} ${index}`);
        const { messages } = JSON.parse(Buffer.from(payload).toString()) as { messages: Message[] };
        after.note(() => world.checkers.batchFormed(this.service, peer.service, sequence, messages));
        return null;
      }
      case 'record-batch':
        disk.batchesIn.set(`${peer.service} ${effect.epoch} ${effect.sequence}`, effect.hash);
        return null;
      case 'deliver':
        this.#deliver(effect, peer, after);
        return null;
      case 'queue':
        disk.enqueue(peer.service, { message: effect.message });
        return null;
      case 'receipted': {
        const { epoch, through } = effect;
        const last = disk.batchesOut.get(`${peer.service} ${epoch} ${through}`);
        noteReceipted(this, peer.service, epoch, through);
        after.note(() => world.checkers.receipted(this.service, peer.service, epoch, through, last?.hash));
        return null;
      }
      case 'send':
        after.leave(() => this.#send(peer, state.link, effect.epoch, effect.from, effect.through));
        return null;
      case 'reply': {
        const leave = () => this.#reply(peer, state, effect, give);
        if (world.mutant === 'receipt-before-durable') leave();
        else after.leave(leave);
        return null;
      }
      case 'refused':
        after.leave(() => give?.({ code: effect.code }));
        return null;
      case 'link-stopped':
        after.note(() => world.checkers.linkStopped(this.service, peer.service, effect.code));
        return null;
    }
  }

  #signed(effect: SignBatch | SignReceipt): ExchangeEvent {
    const signature = this.keys.sign(effect.signingInput);
    return effect.type === 'sign-batch'
      ? { type: 'batch-signed', of: effect, signature, now: this.now }
      : { type: 'receipt-signed', of: effect, signature };
  }

  #signLater(effect: SignBatch | SignReceipt, peer: SimPeer, give?: GiveAnswer): void {
    const life = this.life;
    this.world.clock.after(this.world.random.between(1, 400), () => {
      if (this.life === life) this.#happen(peer, this.#signed(effect), give);
    });
  }

  #takeFromQueue(id: string, placed: string): void {
    const row = this.disk.outbox.get(id);
    this.disk.outbox.delete(id);
    if (row === undefined || !('release' in row.content)) return;
    const release = this.disk.releases.get(row.content.release);
    if (release !== undefined) this.disk.releases.set(release.id, { ...release, state: 'sent' });
    this.disk.sentReleases.set(placed, row.content.release);
  }

  #deliver(effect: Extract<ExchangeEffect, { type: 'deliver' }>, peer: SimPeer, after: AfterCommit): void {
    const { message, sequence, index } = effect;
    const { checkers } = this.world;
    after.note(() => checkers.delivered(this.service, peer.service, sequence, index, message));
    if (message.type === 'refusal') noteRefusal(this, peer.service, message);
    if (message.type === 'record') {
      takeRecord(this, { peer: peer.service, sequence, index, sdJwt: message.sdJwt }, after);
    }
  }

  #send(peer: SimPeer, link: string, epoch: number, from: number, through: number): void {
    for (let sequence = from; sequence <= through; sequence++) {
      const batch = this.disk.batchesOut.get(`${peer.service} ${epoch} ${sequence}`);
      if (batch === undefined) continue;
      const route = { from: this.service, to: peer.service, link, epoch, sequence };
      const header = batchEnvelopeHeader(route, batch.hash, this.#sealingKeyId(peer));
      this.world.request(this, peer, this.seal(header, peer, sealedPlaintext(batch.signedHeader, batch.payload)));
    }
  }

  #reply(
    peer: SimPeer,
    { link }: LinkState,
    { receipt, epoch, through }: Extract<ExchangeEffect, { type: 'reply' }>,
    give?: GiveAnswer,
  ): void {
    if (give === undefined) return;
    this.world.checkers.receiptLeaves(this.service, peer.service, epoch, through);
    const claims = { from: this.service, to: peer.service, link, epoch, through };
    const header = receiptEnvelopeHeader(claims, receipt, this.#sealingKeyId(peer), this.world.crypto.primitives);
    give({ envelope: this.seal(header, peer, sealedPlaintext(receipt, new Uint8Array(0))) });
  }

  seal(header: EnvelopeHeader, peer: SimPeer, plaintext: Uint8Array): Uint8Array {
    const { enc, ciphertext } = this.world.crypto.seal(peer.sealingKey, plaintext, envelopeInfo(header));
    return encodeEnvelope(header, enc, ciphertext);
  }

  #sealingKeyId(peer: SimPeer): KeyId {
    return keyIdOf(peer.sealingKey, this.world.crypto.primitives);
  }
}
