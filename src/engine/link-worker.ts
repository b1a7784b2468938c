/**
 * One peer's outgoing side: forms a batch and sends it until its receipt is verified. Where more waits, the next one is
 * formed and sent meanwhile: two are on their way at most.
 */
import { StoreUnavailable } from '#src/ports/database.ts';
import type { KnownService, StoredBatch, StoreUnit } from '#src/ports/store.ts';
import { TransportUnavailable } from '#src/ports/transport.ts';
import { base64url } from '#src/protocol/encoding.ts';
import { isDue, resendDelayMs } from '#src/protocol/exchange/send.ts';
import type { ExchangeEvent, LinkState } from '#src/protocol/exchange/state.ts';
import { step } from '#src/protocol/exchange/step.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal } from '#src/protocol/refusal.ts';
import type { EngineDeps } from './deps.ts';
import { mayStillGo } from './may-still-go.ts';
import { noteTime } from './partner-clock.ts';
import { waitsInVain } from './revoked-keys.ts';
import { sealedBatch, sealedQuery } from './seal-outgoing.ts';
import { carryOutSending, formNext, type Outgoing } from './send-step.ts';
import { contextFor, linkWith, takeEnvelope } from './take-envelope.ts';
import { mayLackOurKeys, sealedKeys, tellAgain, type UntoldStatement, untoldStatements } from './tell-keys.ts';

interface Due extends Outgoing {
  /** The batch to send where it was formed just now: then it need not be read again. */
  readonly formed: StoredBatch | null;
  readonly link: string;
  readonly peer: KnownService;
  readonly url: string;
  readonly keys: readonly UntoldStatement[];
  /** Whether more was waiting than went into the batch. */
  readonly more: boolean;
}

/** A batch that goes while the one before it is on its way. */
interface Ahead extends Pick<Due, 'link' | 'more'> {
  readonly formed: StoredBatch;
}

/** How long a worker waits before it looks again by itself; `wake` ends the wait. */
const idleDelayMs = 1_000;
/** Also for a batch that the peer takes up only after the one before it. */
const deliveryTimeoutMs = 60_000;

export class LinkWorker {
  readonly #peer: ServiceId;
  readonly #deps: EngineDeps;
  readonly #changed: () => void;
  #stopping = new AbortController();
  /** The first tick of a process is another than those after it. */
  #firstTurn = true;
  #ticked = false;
  /** How often our newest keys were told without an answer, and when last. */
  #keysTold: { attempts: number; at: UnixMs | null } = { attempts: 0, at: null };
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
  #turn(): Promise<boolean> {
    return this.#unlessFailed(async () => {
      const due = await this.#deps.store.unit((unit) => this.#due(unit));
      if (this.#ticked) this.#firstTurn = false;
      if (!due) return false;
      this.#changed();
      return this.#send(due);
    }, false);
  }

  async #unlessFailed<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await work();
    } catch (error) {
      // Nothing is lost by an outage: what was queued is still queued, and the next turn finds it.
      if (!(error instanceof StoreUnavailable)) await this.#failed(error);
      return otherwise;
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

  /** The peer, as long as anything may be sent to it over the network. */
  async #reachable(unit: StoreUnit): Promise<(KnownService & { readonly url: string }) | null> {
    const peer = await unit.knownService(this.#peer);
    if (!peer?.confirmed || peer.revoked || peer.url === null || peer.carrier !== 'link') return null;
    return { ...peer, url: peer.url };
  }

  async #formAhead(): Promise<Ahead | null> {
    return this.#deps.store.unit(async (unit) => {
      // First, because it waits for whoever has the link: what is read after it is of now
      const before = await linkWith(unit, this.#peer, this.#deps);
      const peer = await this.#reachable(unit);
      if (!peer) return null;
      // KEY-1: what is signed with new keys goes after the statement that names them.
      if ((await untoldStatements(unit, peer.id, this.#deps)).length > 0) return null;
      const { status, out } = before;
      if (status !== 'open' || out.asking !== null || out.attempts > 0 || out.unreceipted.length > 1) return null;
      const { state, formed, more } = await formNext(unit, before, peer, this.#deps, this.#deps.clock.now(), true);
      await unit.saveLink(state);
      return formed && { formed, link: state.link, more };
    });
  }

  async #due(unit: StoreUnit): Promise<Due | null> {
    const before = await linkWith(unit, this.#peer, this.#deps);
    const peer = await this.#reachable(unit);
    if (!peer) return null;
    const at = this.#deps.clock.now();
    const untold = await untoldStatements(unit, this.#peer, this.#deps);
    if (untold.length === 0) this.#keysTold = { attempts: 0, at: null };
    else if (!isDue(this.#keysTold.at, resendDelayMs(this.#keysTold.attempts), at)) return null;
    const tick = { type: 'tick', now: at, restarted: this.#firstTurn, nonce: this.#nonce() } as const;
    let done = await this.#step(unit, before, tick, peer, at);
    const inVain = done.send !== null && (await waitsInVain(unit, done.state, this.#deps.keyring));
    if (done.send && (inVain || !(await mayStillGo(unit, peer.id, done.state, this.#deps, at)))) {
      // REL-1: what has no receipt goes back, and what is still allowed of it is sent anew
      done = { ...(await this.#step(unit, done.state, { type: 'give-up' }, peer, at)), query: done.query };
    }
    const { status, out } = done.state;
    // KEY-1: not while keys are to be told first, so that it is decided on when it goes (REL-1)
    const isIdle = status === 'open' && out.asking === null && out.unreceipted.length === 0;
    if (!done.send && untold.length === 0 && isIdle) {
      const formed = await formNext(unit, done.state, peer, this.#deps, at);
      done = { ...formed, query: done.query };
      // All that was looked at may not go: what waits behind it is looked at at once
      if (!formed.send && formed.more) this.wake();
    }
    await unit.saveLink(done.state);
    // Only what is committed counts as begun: a unit that fails is run again.
    this.#ticked = true;
    if (!done.send && !done.query && untold.length === 0) return null;
    const { link } = done.state;
    const { send, query, formed, more } = done;
    return { send, query, formed, keys: untold, link, peer, url: peer.url, more };
  }

  #nonce(): string {
    return base64url(this.#deps.randomBytes(32));
  }

  async #step(unit: StoreUnit, state: LinkState, event: ExchangeEvent, peer: KnownService, at: UnixMs) {
    return carryOutSending(unit, step(state, event, contextFor(peer, this.#deps)), peer, null, this.#deps, at);
  }

  async #send(due: Due): Promise<boolean> {
    const { send, query, keys, link, peer, url } = due;
    if (keys.length > 0) {
      this.#keysTold = { attempts: this.#keysTold.attempts + 1, at: this.#deps.clock.now() };
    }
    const first = [
      // KEY-1: before anything that is signed with the keys that they name.
      ...keys.map((statement) => () => sealedKeys(statement, link, peer, this.#deps)),
      ...(query ? [() => sealedQuery(query, link, peer, this.#deps)] : []),
    ];
    if (!(await this.#deliverAll(first, peer, url))) return false;
    if (send === null) return true;
    const now = await this.#deps.store.unit((unit) => this.#stillToSend(unit, due, send));
    if (now === null) return true;
    const seals = now.batches.map((batch) => () => sealedBatch(batch, link, now.peer, this.#deps));
    return this.#sendOn(this.#delivered(seals, now.peer, now.peer.url), due.more);
  }

  /** Forms and sends the next while one is on its way, as long as whole batches wait. Says whether all arrived. */
  async #sendOn(first: Promise<boolean>, moreWaits: boolean): Promise<boolean> {
    let onItsWay = first;
    for (let more = moreWaits; more && !this.#stopping.signal.aborted; ) {
      const next = await this.#unlessFailed(() => this.#formAhead(), null);
      if (next === null) break;
      let isOver = false;
      const after = this.#unlessFailed(() => this.#sendAhead(next), false).finally(() => {
        isOver = true;
      });
      const arrived = await onItsWay;
      // What follows a batch that did not arrive, or overtook it, is not taken: the next turn sends it again
      if (!arrived || isOver) return (await after) && arrived;
      onItsWay = after;
      more = next.more;
    }
    return onItsWay;
  }

  async #sendAhead(ahead: Ahead): Promise<boolean> {
    const { epoch, sequence } = ahead.formed;
    const only = { epoch, from: sequence, through: sequence };
    const now = await this.#deps.store.unit((unit) => this.#stillToSend(unit, ahead, only));
    if (now === null) return false;
    this.#changed();
    return this.#deliverAll(
      [() => sealedBatch(ahead.formed, ahead.link, now.peer, this.#deps)],
      now.peer,
      now.peer.url,
    );
  }

  /**
   * Once formed, or after the answer to the query: that may have begun a new epoch, and then these are sent no more (EXC-4).
   * Nor are they to a peer that was revoked, or over a link that was stopped meanwhile. Null: the next turn decides.
   */
  async #stillToSend(
    unit: StoreUnit,
    { formed }: Pick<Due, 'formed'>,
    { epoch, from, through }: Omit<NonNullable<Due['send']>, 'type'>,
  ) {
    const state = await unit.link(this.#peer);
    const peer = await this.#reachable(unit);
    if (peer === null) return null;
    if (state?.status !== 'open' || state.out.epoch !== epoch) return null;
    const alone = formed !== null && formed.sequence === from && from === through;
    return { peer, batches: alone ? [formed] : await unit.batches(peer.id, epoch, from, through) };
  }

  #delivered(
    seals: readonly (() => Promise<Uint8Array | Refusal>)[],
    peer: KnownService,
    url: string,
  ): Promise<boolean> {
    return this.#unlessFailed(() => this.#deliverAll(seals, peer, url), false);
  }

  /** One after the other, until one fails. Says whether all went. */
  async #deliverAll(
    seals: readonly (() => Promise<Uint8Array | Refusal>)[],
    peer: KnownService,
    url: string,
  ): Promise<boolean> {
    const { store, transport, clock } = this.#deps;
    for (const seal of seals) {
      const sealed = await seal();
      const failure = isRefusal(sealed) ? sealed.code : await this.#deliver(transport, url, sealed);
      const at = clock.now();
      await store.unit((unit) => unit.noteContact(peer.id, { at, failure, nextAttemptAt: null }));
      this.#changed();
      if (mayLackOurKeys(failure)) await store.unit((unit) => tellAgain(unit, peer.id, this.#deps, at));
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
      return isRefusal(taken) ? taken.code : await noteTime(this.#peer, reply.time, this.#deps);
    } catch (error) {
      if (error instanceof TransportUnavailable) return error.code;
      throw error;
    }
  }
}
