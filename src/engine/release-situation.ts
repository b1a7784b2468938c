/** What the release function asks beside labels: permissions, the conditions of what is cited, and who holds what. */
import type { StoreUnit } from '#src/ports/store.ts';
import type { PermissionStanding } from '#src/protocol/admission/permission.ts';
import type { RecordId, ServiceId } from '#src/protocol/primitives.ts';
import type { RecordReference, VerifiedRecord } from '#src/protocol/record/record.ts';
import type { CitedSource } from '#src/protocol/release/originators.ts';
import type { ReleaseRequest } from '#src/protocol/release/plan-release.ts';

export async function situationOf(
  unit: StoreUnit,
  record: VerifiedRecord,
  self: ServiceId,
): Promise<Pick<ReleaseRequest, 'permissions' | 'sources' | 'isHolder'>> {
  const isHolder = await holdersAround(unit, record);
  if (record.origin !== self) {
    const about = record.kind === 'permission' ? (record.body['record'] as RecordId) : record.id;
    return { permissions: await unit.permissionsAbout(about), sources: [], isHolder };
  }
  // ACC-08: only what carries another's H2 has to ask that other.
  const inherits = [record.marking, ...record.portions.map(({ marking }) => marking)].some(({ handling }) =>
    handling.some(({ code, originator }) => code === 'H2' && originator !== self),
  );
  if (!inherits) return { permissions: [], sources: [], isHolder };
  return { ...(await citedBy(unit, record.cites)), isHolder };
}

/** What a record of ours draws on, with the conditions and permissions of each source. */
export async function citedBy(
  unit: StoreUnit,
  cites: readonly RecordReference[],
): Promise<{ permissions: PermissionStanding[]; sources: CitedSource[] }> {
  const permissions: PermissionStanding[] = [];
  const sources: CitedSource[] = [];
  for (const reference of cites) {
    permissions.push(...(await unit.permissionsAbout(reference.record)));
    sources.push({ reference, handling: await unit.handlingOf(reference.hash) });
  }
  return { permissions, sources };
}

/** Holders of the record and of what it is about: only records that take something back or speak of it are asked for. */
async function holdersAround(unit: StoreUnit, record: VerifiedRecord): Promise<ReleaseRequest['isHolder']> {
  const about = record.links.filter(({ type }) => type === 'about').map((link) => link.record);
  const asked = record.status === 'active' ? about : [record.id, ...about];
  const held = new Set<string>();
  for (const id of new Set(asked)) {
    for (const { holder } of await unit.holdings(id)) held.add(`${id} ${holder}`);
  }
  return (id, service) => held.has(`${id} ${service}`);
}
