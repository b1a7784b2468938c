import { base64url, utf8 } from '#src/protocol/encoding.ts';
import { batchEnvelopeHeader, queryEnvelopeHeader, receiptEnvelopeHeader } from '#src/protocol/exchange/envelope.ts';
import type { Message } from '#src/protocol/exchange/message.ts';
import { sealedPlaintext } from '#src/protocol/exchange/plaintext.ts';
import type {
  EnvelopeHeader,
  ExchangeContext,
  ExchangeEffect,
  ExchangeEvent,
  LinkState,
} from '#src/protocol/exchange/state.ts';
import { initialLink, step } from '#src/protocol/exchange/step.ts';
import { keyIdOf, serviceIdOf } from '#src/protocol/fingerprint.ts';
import type { UnixMs } from '#src/protocol/primitives.ts';
import { fakeCrypto, type SimCrypto, type SimKeys } from './crypto.ts';

type EffectOf<T extends ExchangeEffect['type']> = Extract<ExchangeEffect, { type: T }>;
export type Opened = Extract<ExchangeEvent, { type: 'envelope-opened' }>;

/** One end of one link, stepped by hand: for tests that look at single steps rather than at worlds. */
export class LinkEnd {
  readonly keys: SimKeys;
  readonly context: ExchangeContext;
  state: LinkState;
  now: UnixMs = 1_000_000;
  /** Hashes of what was taken, as a store keeps them. */
  readonly taken = new Map<string, string>();
  readonly #crypto: SimCrypto;
  #nonces = 0;

  private constructor(keys: SimKeys, peer: SimKeys, crypto: SimCrypto) {
    const { primitives } = crypto;
    this.keys = keys;
    this.#crypto = crypto;
    this.context = {
      primitives,
      signingKeyId: keyIdOf(keys.signingKey, primitives),
      peerKey: (key) => (key === keyIdOf(peer.signingKey, primitives) ? peer.signingKey : undefined),
    };
    const [self, other] = [keys, peer].map(({ signingKey }) => serviceIdOf(signingKey, primitives)) as [string, string];
    this.state = initialLink(self, other, primitives);
  }

  /** Two services, linked with each other. */
  static pair(crypto: SimCrypto = fakeCrypto): [LinkEnd, LinkEnd] {
    const one = crypto.keysOf(new Uint8Array(32).fill(1));
    const other = crypto.keysOf(new Uint8Array(32).fill(2));
    return [new LinkEnd(one, other, crypto), new LinkEnd(other, one, crypto)];
  }

  /** Steps, and lets the state go through JSON as every store does. */
  step(event: ExchangeEvent): readonly ExchangeEffect[] {
    const done = step(this.state, event, this.context);
    this.state = JSON.parse(JSON.stringify(done.state)) as LinkState;
    for (const effect of done.effects) {
      if (effect.type === 'record-batch') this.taken.set(placeOf(effect), effect.hash);
    }
    return done.effects;
  }

  queue(messages: readonly Message[]): readonly ExchangeEffect[] {
    const queued = messages.map((message, index) => ({ id: `${index}`, message }));
    return this.step({ type: 'messages-queued', messages: queued, now: this.now });
  }

  /** Queues, signs and stores one batch. */
  form(...messages: Message[]): EffectOf<'store-batch'> {
    const of = only('sign-batch', this.queue(messages));
    const signature = this.keys.sign(of.signingInput);
    return only('store-batch', this.step({ type: 'batch-signed', of, signature, now: this.now }));
  }

  /** The envelope of a batch of this end, as the keyring of the other end would open it. */
  envelope(batch: EffectOf<'store-batch'>, to: LinkEnd): Opened {
    const { self, peer, link } = this.state;
    const route = { from: self, to: peer, link, epoch: batch.epoch, sequence: batch.sequence };
    const header = batchEnvelopeHeader(route, batch.hash, keyIdOf(to.keys.sealingKey, this.#crypto.primitives));
    return to.opened(header, sealedPlaintext(batch.signedHeader, batch.payload));
  }

  /** The envelope of a receipt that this end replied with. */
  receiptEnvelope(reply: EffectOf<'reply'>, to: LinkEnd): Opened {
    const { self, peer, link } = this.state;
    const claims = { from: self, to: peer, link, epoch: reply.epoch, through: reply.through };
    const key = keyIdOf(to.keys.sealingKey, this.#crypto.primitives);
    const header = receiptEnvelopeHeader(claims, reply.receipt, key, this.#crypto.primitives);
    return to.opened(header, sealedPlaintext(reply.receipt, new Uint8Array(0)));
  }

  opened(header: EnvelopeHeader, plaintext: Uint8Array): Opened {
    return { type: 'envelope-opened', header, plaintext, knownHash: this.#known(header), now: this.now };
  }

  #known(header: EnvelopeHeader): string | null {
    return header.type === 'batch' ? (this.taken.get(placeOf(header)) ?? null) : null;
  }

  /** A process begins: the query that it asks, signed. */
  restart(): EffectOf<'send-query'> {
    const nonce = `${base64url(this.#crypto.primitives.sha256(utf8(`nonce ${this.#nonces++}`)))}`;
    return this.ask(this.step({ type: 'tick', now: this.now, restarted: true, nonce }));
  }

  /** Signs the query that these effects ask for. */
  ask(effects: readonly ExchangeEffect[]): EffectOf<'send-query'> {
    const of = only('sign-query', effects);
    const signature = this.keys.sign(of.signingInput);
    return only('send-query', this.step({ type: 'query-signed', of, signature, now: this.now }));
  }

  queryEnvelope(asked: EffectOf<'send-query'>, to: LinkEnd): Opened {
    const { self, peer, link } = this.state;
    const claims = { from: self, to: peer, link, epoch: asked.epoch, next: asked.next };
    const key = keyIdOf(to.keys.sealingKey, this.#crypto.primitives);
    const header = queryEnvelopeHeader(claims, asked.query, key, this.#crypto.primitives);
    return to.opened(header, sealedPlaintext(asked.query, new Uint8Array(0)));
  }

  /** A process begins, asks, and takes the answer. */
  restartAndAsk(to: LinkEnd): readonly ExchangeEffect[] {
    const reply = only('reply', to.receive(this.queryEnvelope(this.restart(), to)));
    return this.receive(to.receiptEnvelope(reply, this));
  }

  /** Steps an envelope and signs the receipt that it may ask for. */
  receive(opened: Opened): readonly ExchangeEffect[] {
    const effects = this.step({ ...opened, knownHash: this.#known(opened.header), now: this.now });
    return effects.flatMap((effect) => {
      if (effect.type !== 'sign-receipt') return [effect];
      return this.step({ type: 'receipt-signed', of: effect, signature: this.keys.sign(effect.signingInput) });
    });
  }

  /** One batch there and its receipt back. */
  exchange(to: LinkEnd, ...messages: Message[]): readonly ExchangeEffect[] {
    const reply = only('reply', to.receive(this.envelope(this.form(...messages), to)));
    return this.receive(to.receiptEnvelope(reply, this));
  }
}

/** As a key: whatever a hostile header holds instead of numbers. */
const placeOf = ({ epoch, sequence }: { epoch: number; sequence: number }) => JSON.stringify([epoch, sequence]);

/** The one effect of this type; throws where there is none or more. */
export function only<T extends ExchangeEffect['type']>(type: T, effects: readonly ExchangeEffect[]): EffectOf<T> {
  const found = effects.filter((effect): effect is EffectOf<T> => effect.type === type);
  if (found.length !== 1 || found[0] === undefined) {
    throw new Error(`not one ${type} among: ${effects.map((effect) => effect.type).join(', ') || 'nothing'}`);
  }
  return found[0];
}

/** Some message that says nothing: its time tells it from others. */
export function note(readAt: number): Message {
  return { type: 'read-notice', record: 'A'.repeat(43), readAt };
}
