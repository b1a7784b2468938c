/** An act toward many: it stands, whoever of them cannot be reached, and the board says who and why (COR-4, KEY-1, PRM-1). */
import type { StoreUnit } from '#src/ports/store.ts';
import type { RecordHash, RecordId, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import { attempt } from './attempt.ts';
import type { Signing } from './deps.ts';

export interface TowardEach<T> {
  serviceOf(addressee: T): ServiceId;
  /** Queues what is for one of them. Returns whom to wake, or why nothing goes. */
  give(unit: StoreUnit, addressee: T): Promise<readonly ServiceId[] | Refusal>;
  /** The journal's word for one that was not reached; the boards read it there, with its code as the reason. */
  readonly unreached: string;
  readonly about: { readonly id: RecordId | null; readonly hash: RecordHash };
}

export interface Given {
  readonly reached: readonly ServiceId[];
  readonly wake: readonly ServiceId[];
}

/** Each by itself: what throws over one of them leaves nothing of it, and goes on with the next. Runs as the node. */
export async function toEach<T>(
  unit: StoreUnit,
  addressees: Iterable<T>,
  { serviceOf, give, unreached, about }: TowardEach<T>,
  by: Pick<Signing, 'onFault'> & { readonly at: UnixMs },
): Promise<Given> {
  const reached: ServiceId[] = [];
  const wake = new Set<ServiceId>();
  for (const addressee of addressees) {
    const service = serviceOf(addressee);
    const attempted = await attempt(unit, (part) => give(part, addressee), by);
    const given = 'done' in attempted ? attempted.done : refuse('message-not-sent');
    if (!isRefusal(given)) {
      reached.push(service);
      for (const one of given) wake.add(one);
      continue;
    }
    const line = { at: by.at, actorKind: 'node', actor: null, act: unreached, service, reason: given.code } as const;
    await unit.appendJournal({ ...line, record: about.id, hash: about.hash });
  }
  return { reached, wake: [...wake] };
}
