/** KEY-2: services that we come to know through another, and no further than that. */

import type { StoreUnit } from '#src/ports/store.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Here, Place } from './here.ts';
import { keepCardKeys } from './kept-keys.ts';
import { refuseMessage } from './refuse-message.ts';
import { readServiceCard, type ServiceCard } from './service-card.ts';
import { takeKeys } from './take-keys.ts';
import { isCardUsable } from './usable-key.ts';

/** ADM-2: services that one other may vouch for; nobody fills our list of services. */
const vouchedMax = 100;
/** The same in one day: officers cannot compare more. */
const vouchedPerDayMax = 20;

export async function takeCard(unit: StoreUnit, text: string, place: Place, here: Here): Promise<void> {
  const card = readServiceCard(text, here.primitives);
  if (isRefusal(card)) return refuseMessage(unit, place, card.code, here.at);
  // KEY-2: whoever vouches for a service says so on its own link; a letter may come from anybody.
  const isNew = place.within !== undefined && (await unit.knownService(card.service)) === null;
  const problem = isNew ? refuse('peer-unknown') : await vouchFor(unit, card, place.peer, here);
  if (problem !== null) return refuseMessage(unit, place, problem.code, here.at);
}

/**
 * A service that another tells us of is known from now on as vouched for by it: its signatures can be checked, and
 * nothing more follows from it until officers have compared fingerprints. Who is known already is not changed by others.
 */
export async function vouchFor(
  unit: StoreUnit,
  card: ServiceCard,
  by: ServiceId,
  here: Pick<Here, 'self' | 'at' | 'keyring' | 'sealer' | 'primitives' | 'newToday'>,
): Promise<Refusal | null> {
  const { self, at } = here;
  if (card.service === self) return null;
  if ((await unit.knownService(card.service)) !== null) return newerKeys(unit, card, here);
  // Whatever tells its service anything would have to be sealed to it (ADM-1).
  if (!(await isCardUsable(card, here.sealer))) return refuse('record-body-invalid', { at: '/sealingKey' });
  if ((await unit.vouchedCount(by)) >= vouchedMax) return refuse('rate-exceeded', { limit: vouchedMax });
  if (here.newToday?.admit(by, 'card', vouchedPerDayMax, at) === false) {
    return refuse('rate-exceeded', { limit: vouchedPerDayMax });
  }
  const { service: id, code, names, url, inceptionKey, signingKeys, sealingKey, text } = card;
  await unit.vouchFor({ id, code, names, url, inceptionKey, signingKeys, sealingKey, text }, by, at);
  await keepCardKeys(unit, card, at);
  await unit.appendJournal({
    at,
    actorKind: 'node',
    actor: null,
    act: 'service.vouched',
    record: null,
    hash: null,
    service: id,
    reason: by,
  });
  return null;
}

/** KEY-1: of who is known already, a card brings only what that service itself has stated of its keys since. */
async function newerKeys(
  unit: StoreUnit,
  card: ServiceCard,
  here: Pick<Here, 'at' | 'keyring' | 'sealer' | 'primitives'>,
): Promise<Refusal | null> {
  for (const { jws } of card.statements) {
    const taken = await takeKeys(unit, jws, here, here.at);
    if (isRefusal(taken)) return taken;
  }
  return null;
}

/** The card that a request for permission brings of the service that it names; null where it brings none. */
export function onwardCardOf(
  request: Pick<VerifiedRecord, 'body'>,
  { primitives }: Pick<Here, 'primitives'>,
): ServiceCard | Refusal | null {
  const { onwardCard, onwardTo } = request.body;
  if (typeof onwardCard !== 'string') return null;
  const card = readServiceCard(onwardCard, primitives);
  if (isRefusal(card)) return card;
  return card.service === onwardTo ? card : refuse('record-body-invalid', { at: '/onwardCard' });
}
