import { sql } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { RecordId, ServiceId } from '#src/protocol/primitives.ts';
import { type Briefs, serviceBriefs } from '../../service-briefs.ts';
import type { HolderView } from '../contract.ts';

/** How far services hold through one another; a circle ends here. */
const viaMax = 16;

export interface Held {
  readonly holder: ServiceId;
  readonly via: ServiceId | null;
  readonly state: 'granted' | 'reported' | 'confirmed';
  readonly revision: number;
  readonly hash: string;
  readonly since: Date;
  readonly confirmedAt: Date | null;
  readonly portionsWithheld: number;
}

/** The newest revision that each holder is known to hold, as far as the officer sees that revision (REL-3). */
export async function heldNow(tx: Tx, record: RecordId): Promise<Held[]> {
  const withheld = sql<number>`(
    select count(*)::int from disclosure d
    where d.hash = holder.hash and d.path like 'portions/%' and not d.digest = any (holder.digests)
  )`;
  const rows = await tx
    .selectFrom('holder')
    .innerJoin('record_revision as revision', 'revision.hash', 'holder.hash')
    .select(['holder.holder', 'holder.via', 'holder.state', 'revision.revision', 'holder.hash'])
    .select(['holder.since', 'holder.confirmed_at as confirmedAt', withheld.as('portionsWithheld')])
    .where('holder.record_id', '=', record)
    .where(({ or, eb, not, exists, selectFrom }) =>
      or([
        eb('holder.state', '<>', 'granted'),
        not(
          exists(
            // What was refused at its door is not held.
            selectFrom('release')
              .select('release.id')
              .whereRef('release.hash', '=', 'holder.hash')
              .whereRef('release.recipient', '=', 'holder.holder')
              .whereRef('release.refused_by', '=', 'holder.holder')
              .where('release.state', '=', 'refused'),
          ),
        ),
      ]),
    )
    .orderBy('holder.since')
    .orderBy('holder.holder')
    .execute();
  const newest = new Map<ServiceId, Held>();
  for (const row of rows) {
    const known = newest.get(row.holder);
    if (known === undefined || row.revision >= known.revision) newest.set(row.holder, row);
  }
  return [...newest.values()];
}

/** Through whom a holder holds, the nearest to us first. */
export function wayTo(holder: ServiceId, held: readonly Held[]): ServiceId[] {
  const way: ServiceId[] = [];
  let via = held.find((one) => one.holder === holder)?.via ?? null;
  while (via !== null && !way.includes(via) && way.length < viaMax) {
    way.unshift(via);
    const next: ServiceId = via;
    via = held.find((one) => one.holder === next)?.via ?? null;
  }
  return way;
}

export async function holderViews(tx: Tx, record: RecordId): Promise<HolderView[]> {
  const held = await heldNow(tx, record);
  const briefs = await serviceBriefs(tx);
  const vouchers = await vouchersOf(
    tx,
    held.map(({ holder }) => holder),
    briefs,
  );
  return held.map((one) => ({
    service: briefs(one.holder),
    via: wayTo(one.holder, held).map(briefs),
    state: one.state,
    vouchedBy: vouchers.get(one.holder) ?? null,
    revision: one.revision,
    since: one.since.toISOString(),
    confirmedAt: one.confirmedAt?.toISOString() ?? null,
    portionsWithheld: one.portionsWithheld,
  }));
}

/** KEY-2: of services that nobody has compared fingerprints with, through whom alone they are known. */
async function vouchersOf(tx: Tx, services: readonly ServiceId[], briefs: Briefs) {
  if (services.length === 0) return new Map<ServiceId, ReturnType<Briefs>>();
  const rows = await tx.selectFrom('service').select(['id', 'vouched_by']).where('id', 'in', services).execute();
  return new Map(
    rows.flatMap(({ id, vouched_by }) => (vouched_by === null ? [] : [[id, briefs(vouched_by)] as const])),
  );
}
