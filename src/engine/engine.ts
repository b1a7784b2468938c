/** The exchange engine: takes what partners send, and keeps one worker per partner that sends what is queued. */
import { decodeEnvelope } from '#src/protocol/exchange/envelope.ts';
import { exchangeLimits } from '#src/protocol/exchange/state.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import { type ExportedBundle, exportBundle, type ImportedBundle, importBundle } from './bundle.ts';
import type { EngineDeps } from './deps.ts';
import { hereOf } from './here.ts';
import { InTurn } from './in-turn.ts';
import { LinkWorker } from './link-worker.ts';
import { NewToday } from './new-today.ts';
import { noteTime } from './partner-clock.ts';
import { PartnerQuota } from './partner-quota.ts';
import { toldToSender } from './prove-sender.ts';
import { goOn } from './recovery.ts';
import { resumeLink } from './resume-link.ts';
import { sealedReceipt } from './seal-outgoing.ts';
import { takeEnvelope } from './take-envelope.ts';
import { tellAgain } from './tell-keys.ts';
import { watchForRestore } from './watch-restore.ts';

/** EXC-4: older than any backup that a partner may still be restored from. */
const keptAfterReceiptMs = 400 * 86_400_000;

export interface Received {
  readonly answer: Uint8Array;
  /** The confirmed partner that signed it; null where it brought nothing new, which anybody who saw it may send again. */
  readonly broughtBy: ServiceId | null;
}

export interface Engine {
  /** One sealed envelope from a peer; the answer is our sealed receipt. Nothing is answered before it is durable. `time`: what it says beside (EXC-6). */
  receive(envelope: Uint8Array, time?: UnixMs | null): Promise<Received | Refusal>;
  /** EXC-3: a `.tansiq` file with all that has no receipt. */
  exportBundle(peer: ServiceId, officer: string | null): Promise<ExportedBundle | Refusal>;
  /** EXC-3: a `.tansiq` file that was carried here. */
  importBundle(bytes: Uint8Array): Promise<ImportedBundle | Refusal>;
  /** EXC-4: officers of both services have spoken. */
  resumeLink(peer: ServiceId): Promise<{ status: 'open' | 'stopped' } | Refusal>;
  /** EXC-4: this node issues again, although some partners have not returned what they hold of it. */
  goOnAfterRestore(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Something was queued for this peer, or it was confirmed just now. */
  wake(peer: ServiceId): void;
  /** Called after a commit that changed what a screen may show. Returns the way to stop listening. */
  onChange(listener: () => void): () => void;
}

export function createEngine(given: EngineDeps): Engine {
  const deps: EngineDeps = { newToday: new NewToday(), ...given };
  const { messagesPerBatch = exchangeLimits.messagesPerBatchMax } = deps;
  if (!(messagesPerBatch >= 1 && messagesPerBatch <= exchangeLimits.messagesPerBatchMax)) {
    throw new RangeError(`a batch holds 1 to ${exchangeLimits.messagesPerBatchMax} messages (EXC-1)`);
  }
  const workers = new Map<ServiceId, LinkWorker>();
  const listeners = new Set<() => void>();
  /** Peers whose file of this process has carried the query that a process begins with. */
  const askedByFile = new Set<ServiceId>();
  /** What one partner sends is taken in the order in which it came; a second envelope waits without a session of the store. */
  const arrivals = new InTurn<ServiceId | null>();
  const quota = new PartnerQuota(deps.quota);
  let running = false;
  let stopWatching = async () => {};
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const workerFor = (peer: ServiceId): LinkWorker => {
    const existing = workers.get(peer);
    if (existing) return existing;
    const worker = new LinkWorker(peer, deps, changed);
    workers.set(peer, worker);
    return worker;
  };
  const wake = (peer: ServiceId) => {
    const worker = workerFor(peer);
    if (running) worker.start();
    worker.wake();
  };
  /** KEY-1: it may lack our newest keys. Not while it waits for its answer, which must not say whether it is a partner. */
  const tellLater = (service: ServiceId) =>
    deps.store
      .unit(async (unit) => {
        const known = await unit.knownService(service);
        if (known?.confirmed) await tellAgain(unit, known.id, deps, deps.clock.now());
      })
      .catch((error: unknown) => deps.onFault?.(error));
  return {
    wake,
    async receive(envelope, time) {
      const decoded = decodeEnvelope(envelope);
      // A receipt is an answer, and travels as one, within a batch, or in a file.
      if (!isRefusal(decoded) && decoded.header.type === 'receipt')
        return refuse('envelope-malformed', { at: '/type' });
      const sender = isRefusal(decoded) ? null : decoded.header.from;
      const taken = await arrivals.run(sender, () => takeEnvelope(envelope, deps, quota));
      if (isRefusal(taken)) {
        if (sender !== null && taken.code === 'envelope-key-unknown') void tellLater(sender);
        return toldToSender(taken);
      }
      // One that came before may be played back by anybody, with any time beside it.
      if (taken.brought === 'batch') await noteTime(taken.peer.id, time, deps);
      changed();
      wake(taken.peer.id);
      if (!taken.receipt) throw new Error('every envelope but a receipt is answered by one');
      const answer = await sealedReceipt(taken.receipt, taken.peer, deps);
      if (isRefusal(answer)) return answer;
      return { answer, broughtBy: taken.brought === 'batch' ? taken.peer.id : null };
    },
    async exportBundle(peer, officer) {
      const exported = await exportBundle(peer, { officer, isFirst: !askedByFile.has(peer) }, deps);
      if (isRefusal(exported)) return exported;
      askedByFile.add(peer);
      changed();
      return exported;
    },
    async importBundle(bytes) {
      const imported = await importBundle(bytes, deps);
      if (isRefusal(imported)) return imported;
      changed();
      wake(imported.from);
      return imported;
    },
    async resumeLink(peer) {
      const resumed = await resumeLink(peer, deps);
      if (isRefusal(resumed)) return resumed;
      changed();
      wake(peer);
      return resumed;
    },
    async goOnAfterRestore() {
      await deps.store.unit((unit) => goOn(unit, hereOf(deps, deps.clock.now())));
      changed();
    },
    async start() {
      stopWatching = await watchForRestore(deps);
      await deps.store.unit((unit) => unit.forgetReceipted(deps.clock.now() - keptAfterReceiptMs));
      running = true;
      const partners = await deps.store.unit((unit) => unit.partners());
      for (const partner of partners) wake(partner.id);
    },
    async stop() {
      running = false;
      await Promise.all([...workers.values()].map((worker) => worker.stop()));
      workers.clear();
      await stopWatching();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
