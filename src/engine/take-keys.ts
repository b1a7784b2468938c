/** A statement of keys that came in, by whatever road: it proves itself, so whoever brings it need not be believed (KEY-1). */
import type { StoreUnit } from '#src/ports/store.ts';
import { takeStatement } from '#src/protocol/identity/take-statement.ts';
import { claimedService } from '#src/protocol/identity/verify-statement.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { EngineDeps } from './deps.ts';
import { keepTaken, keptStatements } from './kept-keys.ts';
import { canSealTo } from './usable-key.ts';

const contradictingMax = 16;

type Deps = Pick<EngineDeps, 'primitives' | 'keyring' | 'sealer'>;

/**
 * Takes a statement of a service that we know. A contradiction is kept, stops the service's link, and is returned as
 * `keys-contradict`. Other refusals: `keys-invalid`, `keys-gap`, `peer-unknown`.
 */
export async function takeKeys(
  unit: StoreUnit,
  statement: string,
  deps: Deps,
  at: UnixMs,
): Promise<{ readonly service: ServiceId; readonly isNew: boolean } | Refusal> {
  const service = claimedService(statement);
  if (service === null) return refuse('keys-invalid');
  const kept = await keptStatements(unit, service, deps.primitives);
  if (kept === null) return refuse('peer-unknown');
  const taken = takeStatement(statement, kept, deps.primitives);
  if (isRefusal(taken)) return taken;
  if (taken.verdict === 'known') return { service, isNew: false };
  // Nothing could be sent to it any more, nor told through it.
  if (!(await canSealTo(taken.statement.sealing.publicKey, deps.sealer)))
    return refuse('keys-invalid', { at: '/sealing' });
  // ADM-2: with a stolen key anybody writes as many as it likes; a few are proof enough, and the link is stopped by them.
  const isMore = taken.verdict === 'contradicts' && !taken.takesOver && kept.contradicting.length >= contradictingMax;
  if (isMore) return refuse('keys-contradict');
  const { hash, version, signedBy, signing } = taken.statement;
  const line = { at, actorKind: 'node', actor: null, record: null, hash, service } as const;
  const [current] = signing;
  if (service === deps.keyring.identity.service && !(current && deps.keyring.holds(current.id))) {
    // Signed by our key and not by us: whoever did it has our key. Nothing of it is adopted; people must act.
    await unit.appendJournal({ ...line, act: 'keys.not-ours', reason: `version ${version}, ${signedBy} key` });
    return refuse('keys-contradict');
  }
  await keepTaken(unit, kept, taken, at);
  if (taken.verdict === 'contradicts') {
    await unit.appendJournal({ ...line, act: 'keys.contradicted', reason: `version ${version}` });
    await stopLink(unit, service, at);
    return refuse('keys-contradict');
  }
  await unit.appendJournal({ ...line, act: 'keys.taken', reason: `version ${version}, ${signedBy} key` });
  return { service, isNew: true };
}

/** EXC-4: nothing more is believed or sent until officers have spoken; the queues stay as they are. */
async function stopLink(unit: StoreUnit, peer: ServiceId, at: UnixMs): Promise<void> {
  const link = await unit.link(peer);
  if (link === null || link.status === 'stopped') return;
  await unit.saveLink({ ...link, status: 'stopped', stoppedBy: 'keys-contradict' });
  const line = { at, actorKind: 'node', actor: null, act: 'link.stopped', record: null, hash: null } as const;
  await unit.appendJournal({ ...line, service: peer, reason: 'keys-contradict' });
}
