/** COR-4: a correction is sent again to whoever has not answered. Nobody can be made to. */
import type { StoreUnit } from '#src/ports/store.ts';
import { digestsWith } from '#src/protocol/correction/portions-again.ts';
import type { RecordId, ServiceId } from '#src/protocol/primitives.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import { journalLine } from './issue.ts';
import { ownRevision } from './own-revision.ts';
import { sendTo } from './routing.ts';
import type { TellDeps } from './tell-onward.ts';

/** As the node. Returns how many holders were reminded, and whom to wake. */
export async function remind(
  unit: StoreUnit,
  id: RecordId,
  deps: TellDeps,
): Promise<{ reminded: number; wake: ServiceId[] } | Refusal> {
  const stored = await unit.correction(id);
  const correction = stored && (await ownRevision(unit, stored.hash, deps));
  if (!correction) return refuse('not-found');
  const answered = new Set((await unit.answersTo(id)).map(({ origin }) => origin));
  const sdJwt = serialiseRecord(correction, new Set(digestsWith(correction, [])));
  const wake: ServiceId[] = [];
  let reminded = 0;
  for (const { holder } of await unit.asks(id)) {
    if (answered.has(holder)) continue;
    const way = await sendTo(unit, holder, [{ type: 'record', sdJwt }], deps);
    if (isRefusal(way)) continue;
    await unit.putAsk(id, holder, deps.at);
    await unit.appendJournal(journalLine(null, 'correction.reminded', correction, deps.at, { service: holder }));
    wake.push(way.relays[0] ?? holder);
    reminded += 1;
  }
  return { reminded, wake };
}
