/** EXC-2 at the officers' door: a write that is sent again with its key is answered again and done once. */
import type { Tx } from '#src/ports/database.ts';
import { canonicalJson } from '#src/protocol/canonical-json.ts';
import { utf8 } from '#src/protocol/encoding.ts';
import type { Json, Primitives, UnixMs } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Caller } from './handlers.ts';
import { oneAtATime } from './one-at-a-time.ts';

/**
 * Runs `work` once per officer and `Idempotency-Key`, inside `tx`. The same key with another request is refused. A
 * refusal is not kept: what was refused may be asked again.
 */
export async function once<T extends object>(
  tx: Tx,
  caller: Caller,
  request: { readonly operation: string; readonly input: unknown },
  here: { readonly at: UnixMs; readonly primitives: Primitives },
  work: () => Promise<T | Refusal>,
): Promise<T | Refusal> {
  const key = caller.idempotencyKey;
  if (key === undefined) return work();
  const officer = caller.officer.id;
  const requestHash = here.primitives.sha256(utf8(canonicalJson(request as unknown as Json)));
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
  const reply = await work();
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
