/** A partner whose software lies: it owns real keys and a real link, and uses them against the rules. */
import { canonicalJson } from '#src/protocol/canonical-json.ts';
import { base64url } from '#src/protocol/encoding.ts';
import { batchType } from '#src/protocol/exchange/batch.ts';
import { batchEnvelopeHeader, receiptEnvelopeHeader } from '#src/protocol/exchange/envelope.ts';
import { confirmedOf, isBefore } from '#src/protocol/exchange/epoch.ts';
import { textHash } from '#src/protocol/exchange/forms.ts';
import type { Message } from '#src/protocol/exchange/message.ts';
import { sealedPlaintext } from '#src/protocol/exchange/plaintext.ts';
import { receiptType } from '#src/protocol/exchange/receipt.ts';
import type { BatchHeader, LinkState, Position } from '#src/protocol/exchange/state.ts';
import { initialLink } from '#src/protocol/exchange/step.ts';
import { keyIdOf } from '#src/protocol/fingerprint.ts';
import { jwsCompact, jwsSigningInput } from '#src/protocol/jws.ts';
import { lieInRecords } from './liar-records.ts';
import type { SimNode, SimPeer } from './node.ts';
import type { Random } from './random.ts';

/** A lie on the wire, and how an honest node may take it, given the state of its own link at that moment. */
export interface Lie {
  readonly name: string;
  readonly envelope: Uint8Array;
  readonly allowed: (victim: LinkState, wasRestored: boolean) => readonly string[];
}

const answersToBatch = ['sequence-reused', 'sequence-chain-broken', 'receipt', 'silence'];

/** How a receipt with a hash of nothing is taken that answers nothing: by where it stands among what the victim sent. */
function answerToReceipt({ out }: LinkState, { epoch, through }: Position): string {
  const formed = epoch < out.epoch ? out.formed : { epoch: out.epoch, through: out.next - 1 };
  if (isBefore(formed, { epoch, through })) {
    // while the victim asks where it stands itself, only the answer to that counts
    if (out.asking !== null) return 'silence';
    return epoch > out.epoch ? 'epoch-unknown' : 'receipt-ahead';
  }
  const isOld = epoch < out.epoch || isBefore({ epoch, through }, confirmedOf(out));
  return isOld ? 'silence' : 'receipt-mismatch';
}

type TellLie = (peer: SimPeer, state: LinkState, random: Random) => Lie | null;

export class Liar {
  readonly #node: SimNode;
  /** Those that an honest node shakes off, and those that stop the link for good, after which there is less to see. */
  readonly #passing: readonly TellLie[];
  readonly #fatal: readonly TellLie[];

  constructor(node: SimNode) {
    this.#node = node;
    this.#passing = [
      (peer, state, random) => this.#forgedSignature(peer, state, random),
      (peer, state, random) => this.#strangersKey(peer, state, random),
      (peer, state) => this.#relabelled(peer, state),
      (peer, state, random) => this.#changedPayload(peer, state, random),
      (_, __, random) => ({ name: 'noise', envelope: random.bytes(300), allowed: () => ['envelope-malformed'] }),
      (peer) => this.#nonsense(peer),
      (peer, _, random) => this.#falseRecord(peer, random),
      (peer, _, random) => this.#falseRecord(peer, random),
      (peer, _, random) => this.#falseRecord(peer, random),
    ];
    this.#fatal = [
      (peer, state, random) => this.#reusedSequence(peer, state, random),
      (peer, state, random) => this.#brokenChain(peer, state, random),
      (peer, state, random) => this.#receiptAhead(peer, state, random),
      (peer, state, random) => this.#wrongReceipt(peer, state, random),
    ];
  }

  lie(random: Random): void {
    const node = this.#node;
    const peers = [...node.peers.values()];
    if (peers.length === 0) return;
    const peer = random.pick(peers);
    const state = node.disk.link(peer.service) ?? initialLink(node.service, peer.service, node.world.crypto.primitives);
    const lie = random.pick(random.chance(0.1) ? this.#fatal : this.#passing)(peer, state, random);
    if (lie !== null) node.world.tell(node, peer, lie);
  }

  #forgedSignature(peer: SimPeer, state: LinkState, random: Random): Lie {
    const signature = random.bytes(64);
    return {
      name: 'a forged signature',
      envelope: this.#batch(peer, state, { sequence: state.out.next }, () => signature),
      allowed: () => ['envelope-signature-invalid'],
    };
  }

  #strangersKey(peer: SimPeer, state: LinkState, random: Random): Lie {
    const stranger = this.#node.world.crypto.keysOf(random.bytes(32));
    const keyId = keyIdOf(stranger.signingKey, this.#node.world.crypto.primitives);
    return {
      name: 'a key that is nobody’s',
      envelope: this.#batch(peer, state, { sequence: state.out.next }, stranger.sign, { keyId }),
      allowed: () => ['envelope-key-unknown'],
    };
  }

  #relabelled(peer: SimPeer, state: LinkState): Lie {
    return {
      name: 'another sequence outside than inside',
      envelope: this.#batch(peer, state, { sequence: state.out.next }, this.#node.keys.sign, { outside: 1 }),
      allowed: () => ['envelope-binding-mismatch'],
    };
  }

  #changedPayload(peer: SimPeer, state: LinkState, random: Random): Lie {
    const payloadDigest = base64url(random.bytes(32));
    return {
      name: 'a payload that was not signed',
      envelope: this.#batch(peer, state, { sequence: state.out.next, payloadDigest }),
      allowed: () => ['envelope-binding-mismatch'],
    };
  }

  /** EXC-4: what was receipted gets a second content. */
  #reusedSequence(peer: SimPeer, state: LinkState, random: Random): Lie | null {
    const sequence = random.between(1, Math.max(1, state.out.receiptedThrough));
    if (sequence > state.out.receiptedThrough) return null;
    const previous = sequence === 1 ? null : base64url(random.bytes(32));
    return {
      name: 'a second batch under one sequence',
      envelope: this.#batch(peer, state, { sequence, previous }),
      // one that was restored may have lost what it would contradict
      allowed: (_, wasRestored) => (wasRestored ? answersToBatch : ['sequence-reused']),
    };
  }

  #brokenChain(peer: SimPeer, state: LinkState, random: Random): Lie | null {
    const sequence = state.out.next;
    if (sequence === 1) return null;
    return {
      name: 'a chain that does not join',
      envelope: this.#batch(peer, state, { sequence, previous: base64url(random.bytes(32)) }),
      allowed: (victim, wasRestored) => {
        if (wasRestored) return answersToBatch;
        if (state.out.epoch !== victim.in.epoch) return ['receipt', 'silence'];
        if (sequence <= victim.in.through) return ['sequence-reused'];
        return sequence === victim.in.through + 1 ? ['sequence-chain-broken'] : ['receipt', 'silence'];
      },
    };
  }

  #receiptAhead(peer: SimPeer, state: LinkState, random: Random): Lie {
    return {
      name: 'a receipt for what was never sent',
      envelope: this.#receipt(peer, state, 1_000_000, base64url(random.bytes(32))),
      allowed: (victim) => [answerToReceipt(victim, { epoch: state.in.epoch, through: 1_000_000 })],
    };
  }

  #wrongReceipt(peer: SimPeer, state: LinkState, random: Random): Lie | null {
    const { through } = state.in;
    if (through === 0) return null;
    return {
      name: 'a receipt for another batch than the one sent',
      envelope: this.#receipt(peer, state, through, base64url(random.bytes(32))),
      allowed: (victim) => [answerToReceipt(victim, state.in)],
    };
  }

  /** Well sealed and signed by the honest part of the liar, but no message, or no record of its own. */
  #nonsense(peer: SimPeer): null {
    const node = this.#node;
    const messages = [
      { type: 'gossip' },
      { type: 'refusal', sequence: 0 },
      { type: 'record', sdJwt: 'x~' },
      { type: 'read-notice', record: 5, readAt: null },
    ] as unknown as readonly Message[];
    node.act(() => {
      for (const message of messages) node.disk.enqueue(peer.service, { message });
    });
    return null;
  }

  /** A record that is well formed and signed, and breaks a rule of records: it is refused by itself, if at all. */
  #falseRecord(peer: SimPeer, random: Random): null {
    this.#node.act((after) => lieInRecords(this.#node, peer.service, random, after));
    return null;
  }

  #batch(
    peer: SimPeer,
    state: LinkState,
    change: Partial<BatchHeader>,
    sign: (bytes: Uint8Array) => Uint8Array = this.#node.keys.sign,
    { keyId = this.#node.keyId, outside = 0 } = {},
  ): Uint8Array {
    const { primitives } = this.#node.world.crypto;
    const payload = Buffer.from(canonicalJson({ messages: [{ type: 'lie' }], receipt: null }));
    const header: BatchHeader = {
      v: 1,
      from: state.self,
      to: state.peer,
      link: state.link,
      epoch: state.out.epoch,
      sequence: state.out.next,
      previous: state.out.lastHash,
      payloadDigest: base64url(primitives.sha256(payload)),
      payloadBytes: payload.length,
      messages: 1,
      ...change,
    };
    const input = jwsSigningInput(batchType, keyId, canonicalJson({ ...header }));
    const signed = jwsCompact(input, sign(input));
    const labelled = { ...header, sequence: header.sequence + outside };
    const outer = batchEnvelopeHeader(labelled, textHash(signed, primitives), keyIdOf(peer.sealingKey, primitives));
    return this.#node.seal(outer, peer, sealedPlaintext(signed, payload));
  }

  #receipt(peer: SimPeer, state: LinkState, through: number, hash: string): Uint8Array {
    const { primitives } = this.#node.world.crypto;
    const claims = {
      v: 1,
      from: state.self,
      to: state.peer,
      link: state.link,
      epoch: state.in.epoch,
      through,
      hash,
      answers: null,
    } as const;
    const input = jwsSigningInput(receiptType, this.#node.keyId, canonicalJson(claims));
    const signed = jwsCompact(input, this.#node.keys.sign(input));
    const outer = receiptEnvelopeHeader(claims, signed, keyIdOf(peer.sealingKey, primitives), primitives);
    return this.#node.seal(outer, peer, sealedPlaintext(signed, new Uint8Array(0)));
  }
}
