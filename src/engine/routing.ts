/** The way to a service that may be no partner of ours: directly, or sealed in letters through those who hold between us. */
import type { StoreUnit } from '#src/ports/store.ts';
import type { LetterMessage } from '#src/protocol/exchange/message.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import { type Route, relaysMax, routeOf } from '#src/protocol/release/route.ts';
import { type LetterDeps, sealLetters } from './letters.ts';

/** How `service` is reached now; null where no way is known, or where it is revoked. */
export async function routeTo(unit: StoreUnit, service: ServiceId): Promise<Route | null> {
  const known = await unit.knownService(service);
  if (known === null || known.revoked) return null;
  const partners = new Set((await unit.partners()).map(({ id }) => id));
  if (partners.has(service)) return { relays: [] };
  return routeOf(service, { partners, vias: await viasUpTo(unit, service), sources: await unit.sourcesOf(service) });
}

/** Through whom this holder holds, through whom those do, and so on: as far as letters within one another may go. */
async function viasUpTo(unit: StoreUnit, service: ServiceId): Promise<Map<ServiceId, readonly ServiceId[]>> {
  const vias = new Map<ServiceId, readonly ServiceId[]>();
  let asked: readonly ServiceId[] = [service];
  for (let relays = 0; relays < relaysMax && asked.length > 0; relays++) {
    const found: ServiceId[] = [];
    for (const holder of asked) {
      const through = await unit.viasOf(holder);
      vias.set(holder, through);
      found.push(...through);
    }
    asked = [...new Set(found)].filter((via) => !vias.has(via));
  }
  return vias;
}

/**
 * Queues messages for a service: as they are where it is a partner, else in letters sealed to it (EXC-5). Returns the
 * way that they go. Refusals: `no-way-to-service`; `letter-too-large` for one message that no letter holds;
 * `sealing-key-unusable` for the key of the service or of a relay.
 */
export async function sendTo(
  unit: StoreUnit,
  service: ServiceId,
  messages: readonly LetterMessage[],
  deps: LetterDeps & { readonly at: UnixMs },
): Promise<Route | Refusal> {
  const route = await routeTo(unit, service);
  if (route === null) return refuse('no-way-to-service');
  if (route.relays.length === 0) {
    for (const message of messages) await unit.enqueue(service, { message }, deps.at);
    return route;
  }
  const letters = await sealLetters(unit, route, service, messages, deps);
  if (isRefusal(letters)) return letters;
  const [first = service] = route.relays;
  for (const letter of letters) await unit.enqueue(first, { message: letter }, deps.at);
  return route;
}
