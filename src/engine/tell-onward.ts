/** COR-1: holders whom a relay gave the record are told by the way that leads to them, with the permission renewed. */
import type { StoreUnit } from '#src/ports/store.ts';
import { type PermissionStanding, permissionInForce, permissionStanding } from '#src/protocol/admission/permission.ts';
import { digestsWith, portionsAgain } from '#src/protocol/correction/portions-again.ts';
import type { Told } from '#src/protocol/correction/who-is-told.ts';
import type { LetterMessage } from '#src/protocol/exchange/message.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal, type Refusal } from '#src/protocol/refusal.ts';
import type { Signing } from './deps.ts';
import { issue, journalLine, keepOwn } from './issue.ts';
import type { LetterDeps } from './letters.ts';
import { ownRevision } from './own-revision.ts';
import type { Revised } from './revise.ts';
import { sendTo } from './routing.ts';
import { skippedBefore } from './skipped-revisions.ts';
import { dayOf } from './today.ts';

export type TellDeps = Signing & LetterDeps & { readonly at: UnixMs };

/** Queues what one onward holder is told. Returns whom to wake, or why nothing goes (`sendTo`). */
export async function tellOnward(
  unit: StoreUnit,
  { holder, last }: Told,
  revised: Revised,
  deps: TellDeps,
): Promise<ServiceId[] | Refusal> {
  const { after, correction } = revised;
  const skipped = await skippedBefore(unit, after, holder);
  const again = await givenAgain(unit, { holder, last }, revised, deps);
  const messages: LetterMessage[] = [
    ...skipped,
    ...(again === null ? [] : [...again.permission, copyOf(after, again.digests)]),
    copyOf(correction, digestsWith(correction, [])),
  ];
  const way = await sendTo(unit, holder, messages, deps);
  if (isRefusal(way)) return way;
  if (again !== null) {
    const held = { record: after.id, hash: after.hash, holder, via: last.via, digests: again.digests };
    await unit.putHolder(held, 'granted', deps.at);
  }
  await unit.appendJournal(journalLine(null, 'correction.sent-onward', correction, deps.at, { service: holder }));
  return [way.relays[0] ?? holder, ...(again?.relay ?? [])];
}

interface GivenAgain {
  readonly digests: readonly string[];
  readonly permission: readonly LetterMessage[];
  /** The relay, where it is told of the renewed permission. */
  readonly relay: readonly ServiceId[];
}

/**
 * What of the new revision goes: of a withdrawal or an erasure all that there is; of a corrected text what was permitted
 * before, under the same permission in a new revision; nothing where that has fallen, and then only the correction tells.
 */
async function givenAgain(
  unit: StoreUnit,
  { holder, last }: Pick<Told, 'holder' | 'last'>,
  { before, after, change }: Revised,
  deps: TellDeps,
): Promise<GivenAgain | null> {
  if (change !== 'corrected') return { digests: digestsWith(after, []), permission: [], relay: [] };
  const today = dayOf(deps.at);
  const standing = (await unit.permissionsAbout(after.id)).filter(
    (each) => each.use === 'onward' && each.onwardTo === holder && permissionInForce(each, today),
  );
  const permission = standing.find(({ grantee }) => grantee === last.via) ?? standing[0];
  if (permission === undefined) return null;
  const old = permission.about.hash === before.hash ? before : await whole(unit, permission.about.hash, deps);
  const digests =
    old.hash === after.hash ? permission.digests : digestsWith(after, portionsAgain(old, after, permission.digests));
  // Told a second time, it was renewed the first time.
  const isNew = permission.about.hash !== after.hash;
  const renewed = isNew
    ? await renew(unit, permission, after, digests, deps)
    : await whole(unit, permission.hash, deps);
  const message = copyOf(renewed, digestsWith(renewed, []));
  const withChain = async (service: ServiceId) => [...(await skippedBefore(unit, renewed, service)), message];
  const toRelay = await sendTo(unit, permission.grantee, await withChain(permission.grantee), deps);
  const relay = isRefusal(toRelay) ? [] : [toRelay.relays[0] ?? permission.grantee];
  return { digests, permission: await withChain(holder), relay };
}

/** PRM-1: the next revision of the permission: the same service, the same use, the new revision of the record. */
async function renew(
  unit: StoreUnit,
  permission: PermissionStanding,
  after: VerifiedRecord,
  digests: readonly string[],
  deps: TellDeps,
): Promise<VerifiedRecord> {
  const old = await whole(unit, permission.hash, deps);
  const { origin, id: record, revision, hash } = after;
  const renewed = await issue(
    {
      ...old,
      revision: old.revision + 1,
      previous: old.hash,
      createdAt: Math.floor(deps.at / 1_000),
      title: old.title ?? '',
      desk: old.desk ?? 'liaison',
      body: { ...old.body, hash, digests: digests.toSorted() },
      links: [...old.links.filter(({ type }) => type !== 'about'), { origin, record, revision, hash, type: 'about' }],
    },
    deps,
  );
  if (isRefusal(renewed)) throw new Error(`a permission cannot be renewed: ${renewed.code}`);
  const now = permissionStanding(renewed);
  if (isRefusal(now)) throw new Error(`a renewed permission cannot be read: ${now.code}`);
  await keepOwn(unit, renewed, { officer: null, desks: [], at: deps.at, act: 'permission.renewed' });
  await unit.putPermission(now, deps.at);
  return renewed;
}

/** Throws where it is not held: what was released is never deleted. */
async function whole(unit: StoreUnit, hash: string, deps: TellDeps): Promise<VerifiedRecord> {
  const record = await ownRevision(unit, hash, deps);
  if (record === null) throw new Error('a revision of our own is not held');
  return record;
}

function copyOf(record: VerifiedRecord, digests: readonly string[]): LetterMessage {
  return { type: 'record', sdJwt: serialiseRecord(record, new Set(digests)) };
}
