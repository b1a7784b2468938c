/** The exchange engine: takes what partners send, and keeps one worker per partner that sends what is queued. */
import type { ServiceId } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { EngineDeps } from './deps.ts';
import { LinkWorker } from './link-worker.ts';
import { sealedReceipt } from './seal-outgoing.ts';
import { takeEnvelope } from './take-envelope.ts';

export interface Engine {
  /** One sealed envelope from a peer; the answer is our sealed receipt. Nothing is answered before it is durable. */
  receive(envelope: Uint8Array): Promise<{ answer: Uint8Array } | Refusal>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Something was queued for this peer, or it was confirmed just now. */
  wake(peer: ServiceId): void;
  /** Called after a commit that changed what a screen may show. Returns the way to stop listening. */
  onChange(listener: () => void): () => void;
}

export function createEngine(deps: EngineDeps): Engine {
  const workers = new Map<ServiceId, LinkWorker>();
  const listeners = new Set<() => void>();
  let running = false;
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
  return {
    wake,
    async receive(envelope) {
      const taken = await takeEnvelope(envelope, deps);
      if (isRefusal(taken)) return taken;
      changed();
      wake(taken.peer.id);
      // An answer is no question: what calls for no receipt of ours came by the wrong road.
      if (!taken.receipt) return refuse('envelope-malformed', { at: '/type' });
      return { answer: await sealedReceipt(taken.receipt, taken.peer, deps) };
    },
    async start() {
      running = true;
      const partners = await deps.store.unit((unit) => unit.partners());
      for (const partner of partners) wake(partner.id);
    },
    async stop() {
      running = false;
      await Promise.all([...workers.values()].map((worker) => worker.stop()));
      workers.clear();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
