import { decodeEnvelope, encodeEnvelope, envelopeInfo } from '#src/protocol/exchange/envelope.ts';
import type { EnvelopeHeader, ExchangeEvent } from '#src/protocol/exchange/state.ts';
import { keyIdOf, serviceIdOf } from '#src/protocol/fingerprint.ts';
import type { KeyId, ServiceId } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Watched } from './checkers/watch.ts';
import type { SimKeys } from './crypto.ts';
import type { AfterCommit } from './disk.ts';
import { takeLateHoldings } from './late-holdings.ts';
import { LinkDriver } from './link-driver.ts';
import { Machine } from './machine.ts';
import { goOnWithout, recoverOnce } from './node-recovery.ts';
import { isRecovering } from './recovering.ts';
import type { World } from './world.ts';

export interface SimPeer {
  readonly service: ServiceId;
  readonly name: string;
  readonly signingKey: Uint8Array;
  readonly sealingKey: Uint8Array;
}

/** What an envelope was answered with: sealed bytes, or a code. */
export type Answer = { readonly envelope: Uint8Array } | { readonly code: string };
export type GiveAnswer = (answer: Answer) => void;

/** One service's node: its officers, its links, and a machine whose power may fail at any point. */
export class SimNode extends Machine implements Watched {
  readonly name: string;
  readonly keys: SimKeys;
  readonly service: ServiceId;
  readonly keyId: KeyId;
  readonly peers = new Map<ServiceId, SimPeer>();
  readonly signsLater: boolean;
  /** A liar, or since it was cloned, a service that contradicts itself. */
  lies: boolean;

  constructor(world: World, name: string, keys: SimKeys, lies: boolean) {
    super(world);
    this.name = name;
    this.keys = keys;
    this.lies = lies;
    this.service = serviceIdOf(keys.signingKey, world.crypto.primitives);
    this.keyId = keyIdOf(keys.signingKey, world.crypto.primitives);
    this.signsLater = world.random.chance(0.3);
  }

  /** EXC-4: two machines speak as one service now, each for itself. From here on nobody answers for what it says. */
  twin(): SimNode {
    const twin = new SimNode(this.world, `${this.name} twin`, this.keys, true);
    twin.becomeTwinOf(this);
    for (const peer of this.peers.values()) twin.meet(peer);
    this.lies = true;
    return twin;
  }

  meet(peer: SimPeer): void {
    this.peers.set(peer.service, peer);
  }

  /** An officer's work: in one unit, given up when the power goes. */
  act(work: (after: AfterCommit) => void): void {
    if (!this.isUp) return;
    this.world.steps++;
    this.unit(work);
    this.sendWaiting();
  }

  /** Nothing is left to send to an honest peer, nothing to sign, nothing to ask. */
  isQuiet(): boolean {
    // What a liar or a clone said may wait for an answer of it that never comes.
    const isLate = [...this.disk.lateHoldings.values()].some(({ place }) => !this.world.isLiar(place.peer));
    if (!this.isUp || isRecovering(this) || isLate) return false;
    for (const { service } of this.peers.values()) {
      if (this.world.isLiar(service)) continue;
      if (!this.#isIdle(service) || this.disk.hasWaiting(service)) return false;
    }
    return true;
  }

  /** Opens an envelope and lets its link have it. */
  receive(bytes: Uint8Array, give: GiveAnswer): void {
    if (!this.isUp) return;
    const opened = this.#open(bytes);
    if (isRefusal(opened)) {
      give({ code: opened.code });
      return;
    }
    const { peer, header, plaintext } = opened;
    const knownHash = this.disk.batchesIn.get(`${peer.service} ${header.epoch} ${header.sequence}`) ?? null;
    this.happen(peer, { type: 'envelope-opened', header, plaintext, knownHash, now: this.now }, give);
    // what came may have called for something
    this.sendWaiting();
  }

  /** EXC-4: officers write nothing of their own while some of it may be missing. */
  mayWrite(): boolean {
    if (isRecovering(this)) return false;
    if (!this.isUnsure) return true;
    const isAsking = ({ service }: SimPeer) =>
      !this.world.isLiar(service) && this.disk.link(service)?.out.asking !== null;
    this.isUnsure = [...this.peers.values()].some(isAsking);
    return !this.isUnsure;
  }

  happen(peer: SimPeer, event: ExchangeEvent, give?: GiveAnswer): void {
    if (this.isUp) this.unit((after) => new LinkDriver(this, peer, after, give).step(event));
  }

  sendWaiting(): void {
    for (const peer of this.peers.values()) {
      if (this.isUp && this.disk.hasWaiting(peer.service)) {
        this.unit((after) => new LinkDriver(this, peer, after).send());
      }
    }
  }

  seal(header: EnvelopeHeader, peer: SimPeer, plaintext: Uint8Array): Uint8Array {
    const { enc, ciphertext } = this.world.crypto.seal(peer.sealingKey, plaintext, envelopeInfo(header));
    return encodeEnvelope(header, enc, ciphertext);
  }

  protected override noticeOldDisk(): void {
    recoverOnce(this);
  }

  protected override tick(restarted: boolean): void {
    for (const peer of this.peers.values()) {
      // a tick on a link with nothing under way has no effect: it would only be counted
      if (!this.isUp || (!restarted && this.#isIdle(peer.service))) continue;
      this.unit((after) => new LinkDriver(this, peer, after).tick(restarted));
    }
    if (this.isUp && this.disk.lateHoldings.size > 0) this.unit((after) => takeLateHoldings(this, after));
    if (this.isUp && isRecovering(this)) this.unit((after) => goOnWithout(this, after));
    this.sendWaiting();
  }

  #isIdle(peer: ServiceId): boolean {
    const state = this.disk.link(peer);
    if (state === null) return true;
    const { unreceipted, signing, asking } = state.out;
    return unreceipted.length === 0 && signing === null && asking === null && state.in.signing === null;
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
}
