/** Those around the node under test when a record goes onward: an origin that it does not know, and a relay that it does. */
import { randomBytes } from 'node:crypto';
import { createFileKeyring } from '#src/adapters/file-keyring.ts';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { makeServiceCard } from '#src/engine/service-card.ts';
import type { Keyring, PublicIdentity } from '#src/ports/keyring.ts';
import type { Json, ServiceId } from '#src/protocol/primitives.ts';
import type { RecordDraft, VerifiedRecord } from '#src/protocol/record/record.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { day, FakePeer } from './fake-peer.ts';

/** A service with keys of its own, of which nobody at the node has heard. */
export async function stranger(directory: string, node: PublicIdentity): Promise<FakePeer> {
  return new FakePeer(await createFileKeyring(directory), node);
}

export async function cardMessage(of: FakePeer, identity: Partial<PublicIdentity> = {}): Promise<Json> {
  const names = { ar: 'أصل', fr: 'Origine', en: 'Origin' };
  const keyring: Keyring = Object.create(of.keyring, { identity: { value: { ...of.keyring.identity, ...identity } } });
  const by = { keyring, primitives: nodePrimitives, randomBytes: (length: number) => randomBytes(length) };
  const card = await makeServiceCard({ code: 'origin', names, url: null, language: 'ar' }, by, Date.now());
  if (isRefusal(card)) throw new Error(card.code);
  return { type: 'card', card: card.text };
}

export const digestsOf = (record: VerifiedRecord, without: readonly string[] = []) =>
  record.disclosures
    .filter(({ path }) => path !== 'releasableTo' && !without.includes(path))
    .map(({ digest }) => digest);

/** A copy without the list of who may hold it, and without these parts. */
export const copyMessage = (record: VerifiedRecord, without: readonly string[] = []): Json => ({
  type: 'record',
  sdJwt: serialiseRecord(record, new Set(digestsOf(record, without))),
});

/** `by` permits `grantee` to pass this record on to `onwardTo`. */
export function permissionBy(
  by: FakePeer,
  about: VerifiedRecord,
  named: { readonly grantee: ServiceId; readonly onwardTo: ServiceId },
  body: { readonly [field: string]: Json | undefined } = {},
  change: Partial<RecordDraft> = {},
): Promise<VerifiedRecord> {
  const { origin, id: record, revision, hash } = about;
  const said = {
    use: 'onward',
    decision: 'granted',
    ...named,
    record,
    hash,
    digests: digestsOf(about).toSorted(),
    validUntil: day(30),
    ...body,
  };
  return by.record({
    kind: 'permission',
    title: 'Permission',
    portions: [],
    marking: { level: 1, compartments: [], handling: [], releasableTo: 'any' },
    body: Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as RecordDraft['body'],
    links: [{ type: 'about', origin, record, revision, hash }],
    ...change,
  });
}

/** The next revision of a permission, revoked. */
export function revocationOf(by: FakePeer, permission: VerifiedRecord, about: VerifiedRecord): Promise<VerifiedRecord> {
  const { grantee, onwardTo } = permission.body as { grantee: string; onwardTo: string };
  const body = { decision: 'revoked', ground: 'trust-ended', digests: undefined, validUntil: undefined };
  const { id, hash: previous, revision } = permission;
  return permissionBy(by, about, { grantee, onwardTo }, body, { id, previous, revision: revision + 1 });
}
