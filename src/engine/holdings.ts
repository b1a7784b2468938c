/** Who holds what: relays and holders tell the origin, by signed statements, directly or in letters (REL-3). */
import type { StoreUnit } from '#src/ports/store.ts';
import { jwsCompact } from '#src/protocol/jws.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { RecordReference, VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { type HoldingClaims, holdingSigningInput } from '#src/protocol/release/holding.ts';
import type { LetterDeps } from './letters.ts';
import { sendTo } from './routing.ts';
import { signNamed } from './sign-named.ts';

type Teller = LetterDeps & { readonly at: UnixMs };

/** What we have admitted of another's by way of `relay`: its origin gets our own word for it. */
export async function confirmHolding(
  unit: StoreUnit,
  record: VerifiedRecord,
  relay: ServiceId,
  here: Teller,
): Promise<void> {
  // What its origin told us anyway, about what we hold, is no holding of its own.
  if ((await unit.permissionsAbout(record.id)).length === 0) return;
  const reference = { origin: record.origin, record: record.id, hash: record.hash };
  const digests = record.disclosures.map(({ digest }) => digest);
  await tell(unit, { ...reference, digests, holder: here.keyring.identity.service, relay, act: 'received' }, here);
}

/** What we have sent onward: the origin learns of it from us, whether or not the holder ever confirms. */
export async function reportRelease(
  unit: StoreUnit,
  { origin, record, hash }: RecordReference,
  sent: { readonly to: ServiceId; readonly digests: readonly string[] },
  here: Teller,
): Promise<void> {
  const self = here.keyring.identity.service;
  if (origin === self) return;
  if ((await unit.permissionsAbout(record)).length === 0) return;
  const { to: holder, digests } = sent;
  await tell(unit, { origin, record, hash, digests, holder, relay: self, act: 'released' }, here);
}

async function tell(unit: StoreUnit, told: Omit<HoldingClaims, 'v' | 'by' | 'at'>, here: Teller): Promise<void> {
  const input = holdingSigningInput({ ...told, at: here.at }, here.keyring.identity.signingKey.id);
  const statement = jwsCompact(input, await signNamed(here.keyring, input));
  const way = await sendTo(unit, told.origin, [{ type: 'holding', statement }], here);
  await unit.appendJournal({
    at: here.at,
    actorKind: 'node',
    actor: null,
    act: told.act === 'released' ? 'holding.reported' : 'holding.confirmed',
    record: told.record,
    hash: told.hash,
    service: told.origin,
    // Where no way is known, the journal at least says that we could not tell.
    reason: isRefusal(way) ? way.code : null,
  });
}
