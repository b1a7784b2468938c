/** COR-4: a correction is sent again to whoever has not answered. Nobody can be made to. */
import type { StoreUnit } from '#src/ports/store.ts';
import { digestsWith } from '#src/protocol/correction/portions-again.ts';
import type { Holding } from '#src/protocol/correction/who-is-told.ts';
import type { RecordId, ServiceId } from '#src/protocol/primitives.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import { isSuperseded } from './answer-correction.ts';
import { journalLine } from './issue.ts';
import { ownRevision } from './own-revision.ts';
import { sendTo } from './routing.ts';
import { tellLateHolder } from './tell-late.ts';
import type { TellDeps } from './tell-onward.ts';
import { type TowardEach, toEach } from './to-each.ts';

/** As the node. Returns how many holders were reminded, and whom to wake. */
export async function remind(
  unit: StoreUnit,
  id: RecordId,
  deps: TellDeps,
): Promise<{ reminded: number; wake: ServiceId[] } | Refusal> {
  const stored = await unit.correction(id);
  // What it said may be erased by now with the record that it is about.
  if (stored && (await isSuperseded(unit, stored))) return refuse('revision-superseded');
  const correction = stored && (await ownRevision(unit, stored.hash, deps));
  if (!correction) return refuse('not-found');
  const answered = new Set((await unit.answersTo(id)).map(({ origin }) => origin));
  const sdJwt = serialiseRecord(correction, new Set(digestsWith(correction, [])));
  const asked = (await unit.asks(id)).map(({ holder }) => holder);
  const toward: TowardEach<ServiceId> = {
    serviceOf: (holder) => holder,
    async give(part, holder) {
      const way = await sendTo(part, holder, [{ type: 'record', sdJwt }], deps);
      if (isRefusal(way)) return way;
      await part.putAsk(id, holder, deps.at);
      await part.appendJournal(journalLine(null, 'correction.reminded', correction, deps.at, { service: holder }));
      return [way.relays[0] ?? holder];
    },
    unreached: 'correction.undeliverable',
    about: correction,
  };
  const again = await toEach(
    unit,
    asked.filter((holder) => !answered.has(holder)),
    toward,
    deps,
  );
  const wake = [...again.wake];
  let reminded = again.reached.length;
  // Whom nothing reached when it was corrected is told all of it now.
  for (const holding of newestOf(await unit.holdings(stored.about.record))) {
    if (asked.includes(holding.holder) || answered.has(holding.holder)) continue;
    const told = await tellLateHolder(unit, stored.about.record, holding, deps);
    wake.push(...told.wake);
    reminded += told.reached.length;
  }
  return { reminded, wake };
}

/** Of each holder the newest revision that it is known to hold. */
function newestOf(holdings: readonly Holding[]): readonly Holding[] {
  const newest = new Map<ServiceId, Holding>();
  for (const holding of holdings) {
    if ((newest.get(holding.holder)?.revision ?? 0) <= holding.revision) newest.set(holding.holder, holding);
  }
  return [...newest.values()];
}
