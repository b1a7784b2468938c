/** COR-1: a holder that becomes known after a correction learns of it then; a relay's word may come late. As the node. */
import type { StoreUnit } from '#src/ports/store.ts';
import type { StoredCorrection } from '#src/ports/store-corrections.ts';
import type { Holding } from '#src/protocol/correction/who-is-told.ts';
import type { RecordId, ServiceId } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import { ownRevision } from './own-revision.ts';
import { type TellDeps, tellOnward } from './tell-onward.ts';
import { type Given, type TowardEach, toEach } from './to-each.ts';

/** The newest correction goes to a holder of an older revision of which nobody has said yet that it holds the new one. */
export async function tellLateHolder(
  unit: StoreUnit,
  record: RecordId,
  holding: Holding,
  deps: TellDeps,
): Promise<Given> {
  const [newest] = await unit.correctionsAbout(record);
  if (newest === undefined || holding.revision >= newest.about.revision) return nobody;
  // Told by a letter that a relay would not carry yet, it was not told.
  const held = await unit.holdings(record);
  const has = ({ holder, revision, state }: Holding) =>
    holder === holding.holder && revision >= newest.about.revision && state === 'confirmed';
  if (held.some(has)) return nobody;
  if ((await unit.knownService(holding.holder))?.revoked) return nobody;
  const toward: TowardEach<Holding> = {
    serviceOf: ({ holder }) => holder,
    give: (part, one) => tell(part, newest, one, deps),
    unreached: 'correction.undeliverable',
    about: { id: newest.record, hash: newest.hash },
  };
  return toEach(unit, [holding], toward, deps);
}

const nobody: Given = { reached: [], wake: [] };

async function tell(
  unit: StoreUnit,
  newest: StoredCorrection,
  holding: Holding,
  deps: TellDeps,
): Promise<readonly ServiceId[] | Refusal> {
  // EXC-4: what it may have would be permitted anew, and nothing is issued before the recovery is over
  if ((await unit.recovery()) !== null) return refuse('node-recovering');
  const [after, correction] = [
    await ownRevision(unit, newest.about.hash, deps),
    await ownRevision(unit, newest.hash, deps),
  ];
  const before = await ownRevision(unit, holding.hash, deps);
  if (!before || !after || !correction) throw new Error('what was corrected is kept');
  const revised = { before, after, correction, change: newest.change };
  const told = await tellOnward(unit, { holder: holding.holder, way: 'onward', last: holding }, revised, deps);
  if (!isRefusal(told)) await unit.putAsk(newest.record, holding.holder, deps.at);
  return told;
}
