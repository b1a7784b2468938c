/** REL-3, PRM-1: what an origin permits a relay to pass on, and how it learns who holds it. */
import { type PermissionStanding, permissionStanding } from '#src/protocol/admission/permission.ts';
import { base64url, fromBase64url } from '#src/protocol/encoding.ts';
import { serviceIdOf } from '#src/protocol/fingerprint.ts';
import { jwsCompact } from '#src/protocol/jws.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { type HoldingClaims, holdingSigningInput, verifyHolding } from '#src/protocol/release/holding.ts';
import type { AfterCommit } from './disk.ts';
import { type Arrived, keyOf, knownService, refuseMessage } from './keeping.ts';
import type { SimNode } from './node.ts';
import type { HolderRow, OutboxRow } from './node-disk.ts';
import { sendTo } from './ways.ts';

/** A service in words, for whom does not know it. Cards have tests of their own; here only the keys matter. */
export function cardOf(node: SimNode, service: ServiceId): string | null {
  const known = knownService(node, service);
  return known === undefined ? null : `${base64url(known.signingKey)} ${base64url(known.sealingKey)}`;
}

/** KEY-2: vouched for by whoever sent it; who is known already is not changed by others. */
export function takeCard(node: SimNode, card: string, place: Arrived, after: AfterCommit): void {
  const [signingKey, sealingKey] = card.split(' ').map(fromBase64url);
  if (!signingKey || !sealingKey) {
    refuseMessage(node, place, 'record-malformed', after);
    return;
  }
  const service = serviceIdOf(signingKey, node.world.crypto.primitives);
  if (knownService(node, service) === undefined) node.disk.vouched.set(service, { service, signingKey, sealingKey });
}

/** The newest revision of a permission decides. */
export function enterPermission(node: SimNode, record: VerifiedRecord): void {
  const standing = permissionStanding(record);
  // a liar writes what cannot be read; at the door it is refused
  if (isRefusal(standing)) return;
  node.disk.permissions.set(record.id, standing);
}

/** What this node was ever permitted to pass on and has not: whether it still may, the release function says. */
export function relayable(node: SimNode): PermissionStanding[] {
  return [...node.disk.permissions.values()].filter(
    ({ use, grantee, onwardTo, about }) =>
      use === 'onward' &&
      grantee === node.service &&
      onwardTo !== null &&
      node.peers.has(onwardTo) &&
      node.disk.records.get(about.hash) !== undefined &&
      node.disk.holders.get(`${about.hash} ${onwardTo}`) === undefined,
  );
}

/** A message with one of our releases goes now: our holders, and what another's origin must learn of it. */
export function noteHolder(node: SimNode, row: OutboxRow, digests: readonly string[]): void {
  const { disk } = node;
  const release = 'release' in row.content ? disk.releases.get(row.content.release) : undefined;
  const record = release && disk.records.get(release.hash);
  if (release === undefined || record === undefined) return;
  putHolder(node, record, { holder: release.recipient, via: null, state: 'granted', digests });
  if (record.origin === node.service || record.kind === 'permission') return;
  tell(node, record, digests, { holder: release.recipient, relay: node.service, act: 'released' });
}

/** What was admitted by way of a relay: its origin gets our own word for it. */
export function confirmHolding(node: SimNode, record: VerifiedRecord, relay: ServiceId): void {
  if (record.status !== 'active' || [...node.disk.permissions.group(record.id)].length === 0) return;
  const digests = record.disclosures.map(({ digest }) => digest);
  tell(node, record, digests, { holder: node.service, relay, act: 'received' });
}

function tell(
  node: SimNode,
  { id: record, hash, origin }: VerifiedRecord,
  digests: readonly string[],
  who: Pick<HoldingClaims, 'holder' | 'relay' | 'act'>,
): void {
  const input = holdingSigningInput({ ...who, origin, record, hash, digests, at: node.now }, node.keyId);
  sendTo(node, origin, [{ type: 'holding', statement: jwsCompact(input, node.keys.sign(input)) }]);
}

/** Returns the row that was entered, or null where the statement was refused. */
export function takeHolding(node: SimNode, statement: string, place: Arrived, after: AfterCommit): HolderRow | null {
  const { core, crypto } = node.world;
  const claims = verifyHolding(statement, (service, key) => keyOf(node, service, key), crypto.primitives);
  if (isRefusal(claims)) {
    refuseMessage(node, place, claims.code, after);
    return null;
  }
  const record = node.disk.records.get(claims.hash);
  const problem = core.problemOfHolding(claims, {
    self: node.service,
    permissions: [...node.disk.permissions.group(claims.record)],
    isOurs: record !== undefined && record.id === claims.record,
  });
  if (problem !== null || record === undefined) {
    refuseMessage(node, place, problem?.code ?? 'holding-invalid', after);
    return null;
  }
  const state = claims.act === 'released' ? 'reported' : 'confirmed';
  return putHolder(node, record, { holder: claims.holder, via: claims.relay, state, digests: claims.digests });
}

const certainty = { granted: 0, reported: 1, confirmed: 2 } as const;

/** What is known for sure stays known for sure; who is given the record directly holds it directly. */
export function putHolder(
  node: SimNode,
  { id: record, hash, revision, origin }: VerifiedRecord,
  told: Pick<HolderRow, 'holder' | 'via' | 'state' | 'digests'>,
): HolderRow {
  const key = `${hash} ${told.holder}`;
  const before = node.disk.holders.get(key);
  const state = before && certainty[before.state] > certainty[told.state] ? before.state : told.state;
  const via = before && before.via === null ? null : told.via;
  const digests = [...new Set([...(before?.digests ?? []), ...told.digests])];
  const row = { record, hash, revision, holder: told.holder, via, state, digests };
  node.disk.holders.set(key, row);
  const from = origin === node.service ? null : (node.disk.observed.get(`from ${hash}`) ?? null);
  node.disk.given.set(`${told.holder} ${told.via} ${origin} ${from}`, {
    holder: told.holder,
    via: told.via,
    origin,
    from,
  });
  return row;
}
