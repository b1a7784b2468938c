/** Steps one link of a node and carries out what the core asks for, as `ExchangeEffect` demands it of every driver. */
import { base64url } from '#src/protocol/encoding.ts';
import { batchEnvelopeHeader, queryEnvelopeHeader, receiptEnvelopeHeader } from '#src/protocol/exchange/envelope.ts';
import type { Message } from '#src/protocol/exchange/message.ts';
import { sealedPlaintext } from '#src/protocol/exchange/plaintext.ts';
import type {
  ExchangeContext,
  ExchangeEffect,
  ExchangeEvent,
  LinkState,
  SignBatch,
  SignQuery,
  SignReceipt,
} from '#src/protocol/exchange/state.ts';
import { initialLink } from '#src/protocol/exchange/step.ts';
import { keyIdOf } from '#src/protocol/fingerprint.ts';
import type { KeyId } from '#src/protocol/primitives.ts';
import type { AfterCommit } from './disk.ts';
import type { GiveAnswer, SimNode, SimPeer } from './node.ts';
import { takeMessage } from './node-messages.ts';
import { recoverOnce } from './node-recovery.ts';
import { mayAllStillGo, mayStillGo, nextMessages, noteReceipted, noteSent, queueAgain } from './sending.ts';

type EffectOf<T extends ExchangeEffect['type']> = Extract<ExchangeEffect, { type: T }>;
type Sign = SignBatch | SignReceipt | SignQuery;

/** One end of one link, in one unit of its node's disk. */
export class LinkDriver {
  readonly #node: SimNode;
  readonly #peer: SimPeer;
  readonly #after: AfterCommit;
  readonly #give: GiveAnswer | undefined;
  #state: LinkState;

  constructor(node: SimNode, peer: SimPeer, after: AfterCommit, give?: GiveAnswer) {
    this.#node = node;
    this.#peer = peer;
    this.#after = after;
    this.#give = give;
    const { primitives } = node.world.crypto;
    this.#state = node.disk.link(peer.service) ?? initialLink(node.service, peer.service, primitives);
  }

  step(event: ExchangeEvent): void {
    const { world, disk } = this.#node;
    const { primitives } = world.crypto;
    const context: ExchangeContext = {
      primitives,
      signingKeyId: this.#node.keyId,
      peerKey: (key) => (key === keyIdOf(this.#peer.signingKey, primitives) ? this.#peer.signingKey : undefined),
    };
    const events: ExchangeEvent[] = [event];
    for (let next = events.shift(); next !== undefined; next = events.shift()) {
      world.steps++;
      const done = world.core.step(this.#state, next, context);
      this.#state = done.state;
      for (const effect of done.effects) {
        this.#node.powerMayFail();
        const signed = this.#carryOut(effect);
        if (signed !== null) events.push(signed);
      }
    }
    disk.saveLink(this.#state);
  }

  /** Offers what waits. */
  send(): void {
    const { service } = this.#peer;
    // what is being signed is not decided on a second time meanwhile
    if (this.#state.out.signing !== null) return;
    const messages = nextMessages(this.#node, service, this.#node.world.random.between(1, 6));
    this.step({ type: 'messages-queued', messages, now: this.#node.now });
  }

  tick(restarted: boolean): void {
    const { service } = this.#peer;
    if (!mayAllStillGo(this.#node, service, this.#state.out)) this.step({ type: 'give-up' });
    const nonce = base64url(this.#node.world.random.bytes(32));
    this.step({ type: 'tick', now: this.#node.now, restarted, nonce });
  }

  #carryOut(effect: ExchangeEffect): ExchangeEvent | null {
    const { disk, world, service } = this.#node;
    const peer = this.#peer.service;
    const { durability, exactlyOnce } = world.checkers;
    switch (effect.type) {
      case 'sign-batch':
      case 'sign-receipt':
      case 'sign-query':
        return this.#sign(effect);
      case 'store-batch': {
        const { messages } = JSON.parse(Buffer.from(effect.payload).toString()) as { messages: Message[] };
        noteSent(this.#node, peer, effect, messages);
        this.#after.note(() => exactlyOnce.formed(service, peer, effect, messages));
        return null;
      }
      case 'record-batch':
        disk.batchesIn.set(`${peer} ${effect.epoch} ${effect.sequence}`, effect.hash);
        return null;
      case 'deliver':
        this.#deliver(effect);
        return null;
      case 'queue':
        disk.enqueue(peer, { message: effect.message });
        return null;
      case 'receipted': {
        const { epoch, through } = effect;
        const last = disk.batchesOut.get(`${peer} ${epoch} ${through}`);
        noteReceipted(this.#node, peer, epoch, through);
        this.#after.note(() => durability.receipted(service, peer, epoch, through, last?.hash));
        return null;
      }
      case 'new-epoch':
        queueAgain(this.#node, peer, effect.after);
        if (effect.cause === 'own-restore') recoverOnce(this.#node);
        this.#after.note(() => world.checkers.watch.counts.epochs++);
        return null;
      case 'send':
        this.#after.leave(() => this.#send(effect));
        return null;
      case 'send-query':
        this.#after.leave(() => this.#sendQuery(effect));
        return null;
      case 'reply': {
        const leave = () => this.#reply(effect);
        if (world.core.driver.commitsFirst) this.#after.leave(leave);
        else leave();
        return null;
      }
      case 'refused':
        this.#after.leave(() => this.#give?.({ code: effect.code }));
        return null;
      case 'link-stopped':
        this.#after.note(() => {
          durability.linkStopped(service, peer, effect.code);
          world.checkers.clones.linkStopped(service, peer);
        });
        return null;
    }
  }

  /** Keys in hardware sign outside the unit that asked for it: later, or never. */
  #sign(effect: Sign): ExchangeEvent | null {
    const node = this.#node;
    if (!node.signsLater) return signed(node, effect);
    if (!node.world.core.driver.queuesUntilStored && effect.type === 'sign-batch') {
      for (const id of effect.messageIds) node.disk.outbox.delete(id);
    }
    this.#after.leave(() => {
      const { life } = node;
      node.world.clock.after(node.world.random.between(1, 400), () => {
        // REL-1: what may not go any more by then is not sent; the signature counts as lost
        if (effect.type === 'sign-batch' && !mayStillGo(node, effect.payload, effect.messageIds)) return;
        if (node.life === life) node.happen(this.#peer, signed(node, effect), this.#give);
      });
    });
    return null;
  }

  #deliver({ message, epoch, sequence, index }: EffectOf<'deliver'>): void {
    const { service, world } = this.#node;
    const place = { epoch, sequence, index };
    world.checkers.exactlyOnce.delivered(service, this.#peer.service, place, message);
    this.#after.note(() => world.checkers.watch.counts.delivered++);
    takeMessage(this.#node, message, { peer: this.#peer.service, ...place }, this.#after);
  }

  #send({ epoch, from, through }: EffectOf<'send'>): void {
    const { disk, service } = this.#node;
    for (let sequence = from; sequence <= through; sequence++) {
      const batch = disk.batchesOut.get(`${this.#peer.service} ${epoch} ${sequence}`);
      if (batch === undefined) continue;
      const route = { from: service, to: this.#peer.service, link: this.#state.link, epoch, sequence };
      const header = batchEnvelopeHeader(route, batch.hash, this.#sealingKeyId());
      this.#post(header, sealedPlaintext(batch.signedHeader, batch.payload));
    }
  }

  #sendQuery({ query, epoch, next }: EffectOf<'send-query'>): void {
    const claims = { from: this.#node.service, to: this.#peer.service, link: this.#state.link, epoch, next };
    const header = queryEnvelopeHeader(claims, query, this.#sealingKeyId(), this.#node.world.crypto.primitives);
    this.#post(header, sealedPlaintext(query, new Uint8Array(0)));
  }

  #post(header: Parameters<SimNode['seal']>[0], plaintext: Uint8Array): void {
    this.#node.world.request(this.#node, this.#peer, this.#node.seal(header, this.#peer, plaintext));
  }

  #reply({ receipt, epoch, through }: EffectOf<'reply'>): void {
    const { service, world } = this.#node;
    if (this.#give === undefined) return;
    world.checkers.durability.receiptLeaves(service, this.#peer.service, epoch, through);
    const claims = { from: service, to: this.#peer.service, link: this.#state.link, epoch, through };
    const header = receiptEnvelopeHeader(claims, receipt, this.#sealingKeyId(), world.crypto.primitives);
    this.#give({ envelope: this.#node.seal(header, this.#peer, sealedPlaintext(receipt, new Uint8Array(0))) });
  }

  #sealingKeyId(): KeyId {
    return keyIdOf(this.#peer.sealingKey, this.#node.world.crypto.primitives);
  }
}

function signed({ keys, now }: SimNode, of: Sign): ExchangeEvent {
  const signature = keys.sign(of.signingInput);
  switch (of.type) {
    case 'sign-batch':
      return { type: 'batch-signed', of, signature, now };
    case 'sign-receipt':
      return { type: 'receipt-signed', of, signature };
    case 'sign-query':
      return { type: 'query-signed', of, signature, now };
  }
}
