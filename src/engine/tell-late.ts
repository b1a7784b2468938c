/** COR-1: a holder that becomes known after a correction learns of it then; a relay's word may come late. As the node. */
import type { StoreUnit } from '#src/ports/store.ts';
import type { Holding } from '#src/protocol/correction/who-is-told.ts';
import type { RecordId } from '#src/protocol/primitives.ts';
import { ownRevision } from './own-revision.ts';
import { type TellDeps, tellOnward } from './tell-onward.ts';

/** The newest correction goes to a holder of an older revision of which nobody has said yet that it holds the new one. */
export async function tellLateHolder(
  unit: StoreUnit,
  record: RecordId,
  holding: Holding,
  deps: TellDeps,
): Promise<void> {
  const [newest] = await unit.correctionsAbout(record);
  if (newest === undefined || holding.revision >= newest.about.revision) return;
  // Told by a letter that a relay would not carry yet, it was not told.
  const held = await unit.holdings(record);
  const has = ({ holder, revision, state }: Holding) =>
    holder === holding.holder && revision >= newest.about.revision && state === 'confirmed';
  if (held.some(has)) return;
  if ((await unit.knownService(holding.holder))?.revoked) return;
  const [after, correction] = [
    await ownRevision(unit, newest.about.hash, deps),
    await ownRevision(unit, newest.hash, deps),
  ];
  const before = await ownRevision(unit, holding.hash, deps);
  if (!before || !after || !correction) throw new Error('what was corrected is kept');
  const revised = { before, after, correction, change: newest.change };
  const told = await tellOnward(unit, { holder: holding.holder, way: 'onward', last: holding }, revised, deps);
  if (told !== null) await unit.putAsk(newest.record, holding.holder, deps.at);
}
