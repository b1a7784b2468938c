/** Every permission asked for or given about one record, as this officer may see it. */
import { dayOf } from '#src/engine/today.ts';
import type { Tx } from '#src/ports/database.ts';
import { type PermissionStanding, permissionInForce } from '#src/protocol/admission/permission.ts';
import type { CalendarDate, Json, RecordHash, RecordId, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import { type Refusal, refuse } from '#src/protocol/refusal.ts';
import { may } from '../../abilities.ts';
import type { Caller } from '../../handlers.ts';
import { type Briefs, serviceBriefs } from '../../service-briefs.ts';
import { unreachedServices } from '../../unreached.ts';
import type { PermissionView } from '../contract.ts';

interface Said {
  readonly record: RecordId;
  readonly hash: RecordHash;
  readonly origin: ServiceId;
  readonly at: Date;
  readonly body: { readonly [field: string]: Json };
}
type Spoken = Omit<PermissionView, 'unreached'>;
interface Looking {
  readonly about: RecordId;
  /** Hash of its current revision. */
  readonly current: RecordHash;
  /** COR-3: whether it stands; of one that is taken back nothing is permitted any more. */
  readonly isActive: boolean;
  readonly origin: ServiceId;
  readonly self: ServiceId;
  readonly caller: Caller;
  readonly at: UnixMs;
}

export async function permissionViews(
  tx: Tx,
  standing: readonly PermissionStanding[],
  looking: Looking,
): Promise<PermissionView[]> {
  const briefs = await serviceBriefs(tx);
  const requests = await requestsAbout(tx, looking.about);
  const decisions = await saidIn(
    tx,
    standing.map(({ hash }) => hash),
  );
  const answered = new Set(standing.map(({ request }) => request));
  const open = [...requests.values()].filter(({ record }) => !answered.has(record));
  const spoken = [
    ...standing.map((each) => ({
      record: each.permission,
      hash: each.hash,
      view: decided(each, requests.get(each.request ?? ''), decisions.get(each.hash), looking, briefs),
    })),
    ...open.map((each) => ({ record: each.record, hash: each.hash, view: asked(each, looking, briefs) })),
  ];
  const views: PermissionView[] = [];
  for (const { record, hash, view } of spoken) {
    const unreached = await unreachedServices(tx, { act: 'permission.undeliverable', record, hash }, briefs);
    views.push({ ...view, unreached });
  }
  const moment = (view: PermissionView) => view.decidedAt ?? view.askedAt ?? '';
  return views.sort((one, other) => (moment(one) < moment(other) ? 1 : -1));
}

function decided(
  permission: PermissionStanding,
  request: Said | undefined,
  said: Said | undefined,
  { self, caller, at, current }: Looking,
  briefs: Briefs,
): Spoken {
  const { decision, origin, onwardTo } = permission;
  const state = decision === 'granted' ? stateOfGrant(permission, current, dayOf(at)) : decision;
  return {
    request: permission.request,
    permission: permission.permission,
    about: permission.about.record,
    use: permission.use,
    grantee: briefs(permission.grantee),
    origin: briefs(origin),
    onwardTo: onwardTo === null ? null : briefs(onwardTo),
    purpose: permission.purpose,
    portions: permission.portions === null ? null : [...permission.portions],
    reason: textIn(request, 'reason'),
    state,
    askedAt: request?.at.toISOString() ?? null,
    decidedAt: said?.at.toISOString() ?? null,
    validUntil: permission.validUntil,
    conditions: textIn(said, 'conditions'),
    ground: textIn(said, 'ground'),
    explanation: textIn(said, 'explanation'),
    allowed:
      refusedRevocation(permission, { self, current, at }) === null && may(caller.officer.role, 'permit')
        ? ['revoke']
        : [],
  };
}

/** What has run out, was refused, or was given for a revision since corrected, has no effect left to revoke. */
export function refusedRevocation(
  permission: PermissionStanding,
  { self, current, at }: Pick<Looking, 'self' | 'current' | 'at'>,
): Refusal | null {
  if (permission.origin !== self) return refuse('not-found');
  const inForce = permission.decision === 'granted' && stateOfGrant(permission, current, dayOf(at)) === 'in-force';
  return inForce ? null : refuse('already-decided');
}

/** PRM-1: a permission names one revision; what was corrected since is asked for again. */
function stateOfGrant(
  permission: PermissionStanding,
  current: RecordHash,
  today: CalendarDate,
): 'in-force' | 'outdated' | 'expired' {
  if (!permissionInForce(permission, today)) return 'expired';
  return permission.about.hash === current ? 'in-force' : 'outdated';
}

function asked(request: Said, { about, origin, self, caller, isActive }: Looking, briefs: Briefs): Spoken {
  const { use, onwardTo, purpose, portions, until } = request.body;
  return {
    request: request.record,
    permission: null,
    about,
    // The kind's schema has checked what it says.
    use: use as PermissionView['use'],
    grantee: briefs(request.origin),
    origin: briefs(origin),
    onwardTo: typeof onwardTo === 'string' ? briefs(onwardTo) : null,
    purpose: typeof purpose === 'string' ? purpose : null,
    portions: Array.isArray(portions) ? (portions as number[]) : null,
    reason: textIn(request, 'reason'),
    state: isActive ? 'asked' : 'closed',
    askedAt: request.at.toISOString(),
    decidedAt: null,
    validUntil: typeof until === 'string' ? until : null,
    conditions: null,
    ground: null,
    explanation: null,
    allowed: isActive && origin === self && may(caller.officer.role, 'permit') ? ['decide'] : [],
  };
}

function textIn(said: Said | undefined, field: string): string | null {
  const value = said?.body[field];
  return typeof value === 'string' ? value : null;
}

/** By the request's own id. */
async function requestsAbout(tx: Tx, about: RecordId): Promise<Map<RecordId, Said>> {
  const rows = await tx
    .selectFrom('record_link as link')
    .innerJoin('record_head as head', 'head.hash', 'link.hash')
    .select('head.hash')
    .where('link.target_record', '=', about)
    .where('link.type', '=', 'about')
    .where('head.kind', '=', 'permission-request')
    .execute();
  const said = await saidIn(
    tx,
    rows.map(({ hash }) => hash),
  );
  return new Map([...said.values()].map((each) => [each.record, each]));
}

async function saidIn(tx: Tx, hashes: readonly RecordHash[]): Promise<Map<RecordHash, Said>> {
  if (hashes.length === 0) return new Map();
  const revisions = await tx
    .selectFrom('record_revision')
    .select(['hash', 'record_id', 'origin', 'created_at'])
    .where('hash', 'in', hashes)
    .execute();
  const fields = await tx
    .selectFrom('disclosure')
    .select(['hash', 'path', 'value'])
    .where('hash', 'in', hashes)
    .where('path', 'like', 'body/%')
    .execute();
  const bodies = Map.groupBy(fields, ({ hash }) => hash);
  return new Map(
    revisions.map(({ hash, record_id, origin, created_at }) => {
      const body = (bodies.get(hash) ?? []).map(({ path, value }) => [path.slice('body/'.length), value] as const);
      return [hash, { record: record_id, hash, origin, at: created_at, body: Object.fromEntries(body) }];
    }),
  );
}
