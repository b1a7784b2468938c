/** Services as screens name them. */
import type { Static } from 'typebox';
import type { Tx } from '#src/ports/database.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import type { ServiceBrief as ServiceBriefSchema } from './contract.ts';

export type ServiceBrief = Static<typeof ServiceBriefSchema>;

/** This node's own service, once it is set up. */
export interface OwnService extends ServiceBrief {
  readonly url: string;
}

export type Briefs = (id: ServiceId) => ServiceBrief;

/** Every service that we know, ourselves included. One that is only named in somebody's record is called by its fingerprint. */
export async function serviceBriefs(tx: Tx): Promise<Briefs> {
  const rows = await tx.selectFrom('service').select(['id', 'code', 'names']).execute();
  const known = new Map(rows.map((row) => [row.id, row]));
  return (id) => known.get(id) ?? { id, code: id.slice(0, 8), names: { ar: id, fr: id, en: id } };
}

export async function ownService(tx: Tx): Promise<OwnService | null> {
  const row = await tx
    .selectFrom('service')
    .select(['id', 'code', 'names', 'url'])
    .where('is_self', '=', true)
    .executeTakeFirst();
  return row === undefined ? null : { ...row, url: row.url ?? '' };
}

/** By what a service is called, here and in other languages: nobody's passphrase. */
export function namesOf(service: Pick<OwnService, 'code' | 'names'> | null): string[] {
  return service === null ? [] : [service.code, ...Object.values(service.names)];
}
