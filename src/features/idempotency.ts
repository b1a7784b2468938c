/** EXC-2 at the officers' door: a write that is sent again with its key is answered again and done once. */
import type { Database, Tx } from '#src/ports/database.ts';
import { canonicalJson } from '#src/protocol/canonical-json.ts';
import { utf8 } from '#src/protocol/encoding.ts';
import type { Json, Primitives, UnixMs } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Caller } from './handlers.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { refusedAct } from './record-acts.ts';

/** What a route was asked with. */
export interface Asked {
  readonly params?: { readonly id?: string };
  readonly body?: unknown;
}

/**
 * The way by which every act of an officer takes effect, inside `tx`: `work` runs once per officer and `Idempotency-Key`, and
 * only where the record in the route's path lists the act now. The same key with another request is refused. A refusal is
 * not kept: what was refused may be asked again.
 */
export async function once<T extends object>(
  tx: Tx,
  caller: Caller,
  input: Asked,
  here: { readonly at: UnixMs; readonly primitives: Primitives; readonly database: Database },
  work: () => Promise<T | Refusal>,
): Promise<T | Refusal> {
  const key = caller.idempotencyKey;
  if (key === undefined) return doneIfListed(tx, caller, input, here.database, work);
  const officer = caller.officer.id;
  const { params = null, body = null } = input;
  const request = { operation: caller.route.name, params, body } as unknown as Json;
  const requestHash = here.primitives.sha256(utf8(canonicalJson(request)));
  // Two tabs with one key: the second waits here until the first has committed.
  await oneAtATime(tx, `${officer} ${key}`);
  const earlier = await tx
    .selectFrom('idempotency')
    .select(['request_hash', 'reply'])
    .where('officer', '=', officer)
    .where('key', '=', key)
    .executeTakeFirst();
  if (earlier) {
    const same = Buffer.compare(earlier.request_hash, requestHash) === 0;
    return same ? (earlier.reply as unknown as T) : refuse('idempotency-key-reused');
  }
  const reply = await doneIfListed(tx, caller, input, here.database, work);
  if (isRefusal(reply)) return reply;
  await tx
    .insertInto('idempotency')
    .values({
      officer,
      key,
      request_hash: requestHash,
      status: 200,
      reply: JSON.stringify(reply),
      at: new Date(here.at),
    })
    .execute();
  return reply;
}

/** After the reply that was kept: what was done once is listed no more, and answered all the same. */
async function doneIfListed<T extends object>(
  tx: Tx,
  caller: Caller,
  input: Asked,
  database: Database,
  work: () => Promise<T | Refusal>,
): Promise<T | Refusal> {
  const { act } = caller.route;
  if (act === undefined) return work();
  const record = input.params?.id;
  if (record === undefined) throw new Error(`the act ${act} is on no record`);
  return (await refusedAct(database, tx, act, record, caller)) ?? work();
}
