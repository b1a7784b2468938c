/** PRM-1: a holder asks the origin; the request reaches it through relays where there is no direct link. */
import { giveToEach } from '#src/engine/give-to.ts';
import { journalLine, keepOwn } from '#src/engine/issue.ts';
import { currentCard } from '#src/engine/kept-keys.ts';
import { signRequest } from '#src/engine/permissions.ts';
import { routeTo } from '#src/engine/routing.ts';
import { dayOf } from '#src/engine/today.ts';
import { isCalendarDate } from '#src/protocol/calendar.ts';
import type { CalendarDate, Json, ServiceId } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Handlers } from '../../handlers.ts';
import { once } from '../../idempotency.ts';
import type { PermissionRequestInput, permissions } from '../contract.ts';
import { asNode } from './as-node.ts';
import { authorOf, type PermissionDeps, seenRecord, told } from './permission-deps.ts';

export function askRoutes(deps: PermissionDeps): Pick<Handlers<typeof permissions>, 'askPermission'> {
  const { database, signing, sealer } = deps;
  const self = signing.keyring.identity.service;
  return {
    async askPermission(input, caller) {
      const at = deps.clock.now();
      const wake: ServiceId[] = [];
      const made = await database.asActor(caller.actor, (tx) =>
        once(tx, caller, input, { at, primitives: signing.primitives, database }, async () => {
          const seen = await seenRecord(tx, input.params.id, deps);
          if (isRefusal(seen)) return seen;
          const { record } = seen;
          const problem = problemOfAsking(input.body, record, self, dayOf(at));
          if (problem !== null) return problem;
          const unit = database.unit(tx);
          const known = await asNode(database, tx, caller, async () => ({
            way: await routeTo(unit, record.origin),
            card:
              input.body.onwardTo === null ? null : await currentCard(unit, input.body.onwardTo, signing.primitives),
          }));
          if (known.way === null) return refuse('no-way-to-service');
          if (input.body.onwardTo !== null && known.card === null) return refuse('peer-unknown', { at: '/onwardTo' });
          const by = authorOf(caller, await unit.desks(record.id));
          const here = { ...signing, sealer, at };
          const signed = await signRequest(record, bodyOf(input.body, known.card), by, here);
          if (isRefusal(signed)) return signed;
          await keepOwn(unit, signed, { officer: by.officer, desks: by.desks, at });
          await unit.appendJournal(journalLine(by.officer, `permission.asked.${input.body.use}`, record, at));
          const first = await asNode(database, tx, caller, () =>
            giveToEach(unit, signed, [record.origin], 'permission.undeliverable', here),
          );
          wake.push(...first);
          return { record: signed.id, hash: signed.hash };
        }),
      );
      if (!isRefusal(made)) told(deps, wake);
      return made;
    },
  };
}

function problemOfAsking(
  input: PermissionRequestInput,
  record: VerifiedRecord,
  self: ServiceId,
  today: CalendarDate,
): Refusal | null {
  const { use, onwardTo, purpose, portions, until } = input;
  if ((use === 'onward') !== (onwardTo !== null)) return refuse('input-invalid', { at: '/onwardTo' });
  if (onwardTo === self || onwardTo === record.origin) return refuse('input-invalid', { at: '/onwardTo' });
  if ((use === 'other-purpose') !== (purpose !== null)) return refuse('input-invalid', { at: '/purpose' });
  if (purpose === record.purpose) return refuse('input-invalid', { at: '/purpose' });
  const held = new Set(record.portions.map(({ index }) => index));
  if (portions?.some((index) => !held.has(index))) return refuse('input-invalid', { at: '/portions' });
  if (until !== null && (!isCalendarDate(until) || until < today)) return refuse('input-invalid', { at: '/until' });
  return input.reason.trim() === '' ? refuse('reason-missing', { at: '/reason' }) : null;
}

function bodyOf(input: PermissionRequestInput, card: string | null): { readonly [field: string]: Json } {
  const { use, onwardTo, purpose, portions, reason, until } = input;
  return {
    use,
    reason: reason.trim(),
    ...(onwardTo !== null && { onwardTo }),
    ...(card !== null && { onwardCard: card }),
    ...(purpose !== null && { purpose }),
    ...(portions !== null && { portions: [...new Set(portions)].sort((a, b) => a - b) }),
    ...(until !== null && { until }),
  };
}
