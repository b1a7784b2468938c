/** PRM-1: asking for a permission, deciding one that is asked for, and revoking one, each as a record. */
import { permissionWords } from '#src/kinds/permission/captions.ts';
import { permissionRequestWords } from '#src/kinds/permission-request/captions.ts';
import type { StoreUnit } from '#src/ports/store.ts';
import { type PermissionStanding, permissionInForce, permissionStanding } from '#src/protocol/admission/permission.ts';
import type { Json, Language, ServiceId } from '#src/protocol/primitives.ts';
import type { Purpose, RecordDraft, RecordLink, VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal, type Refusal } from '#src/protocol/refusal.ts';
import { giveToEach } from './give-to.ts';
import { issue, keepOwn } from './issue.ts';
import { ownRevision } from './own-revision.ts';
import { newRecordId } from './record-id.ts';
import type { TellDeps } from './tell-onward.ts';
import { dayOf, daysAfter } from './today.ts';

/** The record that a permission is about, as far as its author sees it. */
export type AboutRecord = Pick<
  VerifiedRecord,
  'id' | 'hash' | 'revision' | 'origin' | 'purpose' | 'legalBasis' | 'marking'
>;

export interface PermissionAuthor {
  readonly officer: string | null;
  readonly language: Language;
  readonly desk: string;
  readonly desks: readonly string[];
}

/** Who cannot be reached learns it from the day of expiry; the board and the journal say so. */
const unreached = 'permission.undeliverable';

type Body = { readonly [field: string]: Json };

/** Signs a request for permission to the record's origin. */
export function signRequest(
  about: AboutRecord,
  body: Body,
  by: PermissionAuthor,
  deps: TellDeps,
): Promise<VerifiedRecord | Refusal> {
  const link = { ...referenceOf(about), type: 'about' } as const;
  const draft = draftAbout(about, 'permission-request', body, [link], [about.origin], by, deps);
  return issue({ ...draft, title: permissionRequestWords.caption[by.language] }, deps);
}

/** Signs a decision of ours about a record of ours; `request`: what it answers, if it was asked for. */
export function signPermission(
  about: AboutRecord,
  request: AboutRecord | null,
  body: Body & { readonly grantee: ServiceId; readonly onwardTo?: ServiceId },
  by: PermissionAuthor,
  deps: TellDeps,
): Promise<VerifiedRecord | Refusal> {
  const links: RecordLink[] = [
    { ...referenceOf(about), type: 'about' },
    ...(request === null ? [] : [{ ...referenceOf(request), type: 'replies-to' } as const]),
  ];
  const named = [body.grantee, ...(body.onwardTo === undefined ? [] : [body.onwardTo])].sort();
  const all = { ...body, record: about.id, hash: about.hash };
  const draft = draftAbout(about, 'permission', all, links, named, by, deps);
  return issue({ ...draft, title: permissionWords.caption[by.language] }, deps);
}

/** As high as what it is about, without its conditions, and for those alone whom it names. */
function draftAbout(
  about: AboutRecord,
  kind: string,
  body: Body,
  links: readonly RecordLink[],
  releasableTo: readonly ServiceId[],
  by: PermissionAuthor,
  deps: TellDeps,
): Omit<RecordDraft, 'title'> {
  const { level, compartments, tlp, pap } = about.marking;
  const labels = { ...(tlp !== undefined && { tlp }), ...(pap !== undefined && { pap }) };
  return {
    id: newRecordId(deps, deps.at),
    kind,
    revision: 1,
    previous: null,
    status: 'active',
    origin: deps.keyring.identity.service,
    language: by.language,
    createdAt: Math.floor(deps.at / 1_000),
    purpose: about.purpose satisfies Purpose,
    legalBasis: about.legalBasis,
    reviewBy: daysAfter(dayOf(deps.at), 365),
    marking: { level, compartments, handling: [], releasableTo, ...labels },
    desk: by.desk,
    portions: [],
    body,
    cites: [],
    links,
  };
}

function referenceOf({ origin, id, revision, hash }: Pick<AboutRecord, 'origin' | 'id' | 'revision' | 'hash'>) {
  return { origin, record: id, revision, hash };
}

/**
 * Puts a decision of ours into force and tells the grantee; of an onward grant the tree of holders says at once who may
 * have it. Runs as the node. Returns whom to wake.
 */
export async function enterPermission(
  unit: StoreUnit,
  record: VerifiedRecord,
  deps: TellDeps,
): Promise<readonly ServiceId[]> {
  const standing = permissionStanding(record);
  if (isRefusal(standing)) throw new Error(`a permission just signed cannot be read: ${standing.code}`);
  await unit.putPermission(standing, deps.at);
  const { onwardTo: holder, grantee, digests, about } = standing;
  if (standing.decision === 'granted' && holder !== null && (await unit.knownService(holder)) !== null) {
    await unit.putHolder({ ...about, holder, via: grantee, digests }, 'granted', deps.at);
  }
  return giveToEach(unit, record, [grantee], unreached, deps);
}

/**
 * Revokes a permission by its next revision, and tells whoever it names and is not revoked itself. Runs as the node. Returns
 * whom to wake.
 */
export async function revokePermission(
  unit: StoreUnit,
  permission: PermissionStanding,
  why: { readonly ground: string; readonly explanation?: string },
  deps: TellDeps,
): Promise<{ record: VerifiedRecord; wake: readonly ServiceId[] }> {
  const before = await ownRevision(unit, permission.hash, deps);
  if (before === null) throw new Error('a permission of our own is not held');
  const { use, grantee, onwardTo, record: about, hash, purpose } = before.body;
  const kept = { use, grantee, onwardTo, record: about, hash, purpose };
  const body = Object.entries({ ...kept, decision: 'revoked', ...why }).filter(([, value]) => value !== undefined);
  const revoked = await issue(
    {
      ...before,
      revision: before.revision + 1,
      previous: before.hash,
      createdAt: Math.floor(deps.at / 1_000),
      reviewBy: daysAfter(dayOf(deps.at), 365),
      title: before.title ?? '',
      desk: before.desk ?? 'liaison',
      body: Object.fromEntries(body) as Body,
    },
    deps,
  );
  if (isRefusal(revoked)) throw new Error(`a revocation cannot be signed: ${revoked.code}`);
  const standing = permissionStanding(revoked);
  if (isRefusal(standing)) throw new Error(`a revocation cannot be read: ${standing.code}`);
  await keepOwn(unit, revoked, { officer: null, desks: [], at: deps.at, act: 'permission.revoked' });
  await unit.putPermission(standing, deps.at);
  const named: ServiceId[] = [];
  for (const service of [permission.grantee, permission.onwardTo]) {
    if (service !== null && !(await unit.knownService(service))?.revoked) named.push(service);
  }
  return { record: revoked, wake: await giveToEach(unit, revoked, named, unreached, deps) };
}

/**
 * KEY-1: every permission in force that names a service in which trust has ended is revoked by record, and told to whoever
 * else it names. Runs as the node. Returns how many, and whom to wake.
 */
export async function revokePermissionsNaming(
  unit: StoreUnit,
  service: ServiceId,
  deps: TellDeps,
): Promise<{ revoked: number; wake: ServiceId[] }> {
  const today = dayOf(deps.at);
  const inForce = (await unit.permissionsNaming(service)).filter((each) => permissionInForce(each, today));
  const wake: ServiceId[] = [];
  for (const permission of inForce) {
    wake.push(...(await revokePermission(unit, permission, { ground: 'trust-ended' }, deps)).wake);
  }
  return { revoked: inForce.length, wake };
}
