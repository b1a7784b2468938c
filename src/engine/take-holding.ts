import type { StoreUnit } from '#src/ports/store.ts';
import type { KeyId, ServiceId } from '#src/protocol/primitives.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { problemOfHolding, verifyHolding } from '#src/protocol/release/holding.ts';
import type { Here, Place } from './here.ts';
import { refuseMessage } from './refuse-message.ts';
import { tellLateHolder } from './tell-late.ts';

/** REL-3: a relay or a holder tells us who holds a record of ours; it enters the tree of holders. */
export async function takeHolding(unit: StoreUnit, statement: string, place: Place, here: Here): Promise<void> {
  const keys = new Map((await unit.signers()).map((service) => [service.id, service.signingKeys]));
  const keyOf = (service: ServiceId, key: KeyId) => keys.get(service)?.[key];
  const claims = verifyHolding(statement, keyOf, here.primitives);
  if (isRefusal(claims)) return refuseMessage(unit, place, claims.code, here.at);
  const { record, hash, holder, relay, digests, act } = claims;
  const revisions = claims.origin === here.self ? await unit.revisions(record) : [];
  const problem = problemOfHolding(claims, {
    self: here.self,
    permissions: await unit.permissionsAbout(record),
    isOurs: revisions.some((revision) => revision.hash === hash),
  });
  if (problem !== null) return refuseMessage(unit, place, problem.code, here.at);
  // REL-3: whom nobody here knows holds nothing that we could show or tell anything.
  for (const named of [holder, relay]) {
    if ((await unit.knownService(named)) === null) {
      return refuseMessage(unit, place, 'holding-invalid', here.at, { id: record, hash });
    }
  }
  const state = act === 'released' ? 'reported' : 'confirmed';
  await unit.putHolder({ record, hash, holder, via: relay, digests }, state, here.at);
  await unit.appendJournal({
    at: here.at,
    actorKind: 'node',
    actor: null,
    act: `holder.${state}`,
    record,
    hash,
    service: holder,
    reason: relay,
  });
  const revision = revisions.find((held) => held.hash === hash)?.revision ?? 1;
  await tellLateHolder(unit, record, { hash, revision, holder, via: relay, state, digests }, here);
}
