/** A record of our own that speaks of another goes to one service by whatever way leads there. */
import type { StoreUnit } from '#src/ports/store.ts';
import { digestsWith } from '#src/protocol/correction/portions-again.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal, type Refusal } from '#src/protocol/refusal.ts';
import { releaseTo } from './release.ts';
import { sendTo } from './routing.ts';
import { queueSkipped, skippedBefore } from './skipped-revisions.ts';
import type { TellDeps } from './tell-onward.ts';
import { type TowardEach, toEach } from './to-each.ts';

/**
 * Directly as a release, which shows on the board; else sealed in a letter through whoever holds between us. Returns whom
 * to wake. Refusals: those of `sendTo`. Runs as the node, which alone sees every way.
 */
async function giveTo(
  unit: StoreUnit,
  record: VerifiedRecord,
  service: ServiceId,
  deps: TellDeps,
): Promise<ServiceId | Refusal> {
  const { at, keyring, randomBytes, onFault } = deps;
  const known = await unit.knownService(service);
  if (known?.confirmed && !known.revoked) {
    await queueSkipped(unit, record, service, at);
    await releaseTo(unit, record, [service], {
      officer: null,
      at,
      self: keyring.identity.service,
      randomBytes,
      onFault,
    });
    return service;
  }
  const skipped = await skippedBefore(unit, record, service);
  const copy = serialiseRecord(record, new Set(digestsWith(record, [])));
  const way = await sendTo(unit, service, [...skipped, { type: 'record', sdJwt: copy }], deps);
  return isRefusal(way) ? way : (way.relays[0] ?? service);
}

/** The same to each of several; the act stands, whoever of them cannot be reached. Returns whom to wake. */
export async function giveToEach(
  unit: StoreUnit,
  record: VerifiedRecord,
  services: readonly ServiceId[],
  unreached: TowardEach<ServiceId>['unreached'],
  deps: TellDeps,
): Promise<readonly ServiceId[]> {
  const toward: TowardEach<ServiceId> = {
    serviceOf: (service) => service,
    async give(part, service) {
      const told = await giveTo(part, record, service, deps);
      return isRefusal(told) ? told : [told];
    },
    unreached,
    about: record,
  };
  return (await toEach(unit, services, toward, deps)).wake;
}
