/** PRM-1: the origin grants with limits and an end, refuses with a ground, and revokes. */
import { journalLine, keepOwn } from '#src/engine/issue.ts';
import { enterPermission, revokePermission, signPermission } from '#src/engine/permissions.ts';
import { citedBy, situationOf } from '#src/engine/release-situation.ts';
import { routeTo } from '#src/engine/routing.ts';
import { dayOf } from '#src/engine/today.ts';
import type { Tx } from '#src/ports/database.ts';
import { permissionsNeeded, type RecordUse } from '#src/protocol/admission/use.ts';
import { isCalendarDate } from '#src/protocol/calendar.ts';
import type { CalendarDate, Json, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import { originatorsPermit } from '#src/protocol/release/originators.ts';
import { permittedDigests } from '#src/protocol/release/permitted-digests.ts';
import type { Caller, Handlers } from '../../handlers.ts';
import { once } from '../../idempotency.ts';
import { oneAtATime } from '../../one-at-a-time.ts';
import type { PermissionDecisionInput, permissions } from '../contract.ts';
import { asNode } from './as-node.ts';
import { authorOf, type PermissionDeps, seenRecord, told } from './permission-deps.ts';
import { refusedRevocation } from './views.ts';

type DecideRoutes = Pick<Handlers<typeof permissions>, 'decidePermission' | 'revokePermission'>;

export function decideRoutes(deps: PermissionDeps): DecideRoutes {
  const { database, signing, sealer } = deps;
  const self = signing.keyring.identity.service;

  async function decide(
    tx: Tx,
    input: { readonly params: { readonly id: string }; readonly body: PermissionDecisionInput },
    caller: Caller,
    at: UnixMs,
    wake: ServiceId[],
  ): Promise<{ record: string; hash: string } | Refusal> {
    await oneAtATime(tx, `decision on ${input.params.id}`);
    const asked = await seenRecord(tx, input.params.id, deps);
    if (isRefusal(asked)) return asked;
    const request = asked.record;
    const link = request.links.find(({ type, origin }) => type === 'about' && origin === self);
    if (request.kind !== 'permission-request' || request.origin === self || !link) return refuse('not-found');
    const unit = database.unit(tx);
    // COR-3: closed with what it is about. That there was such a record the request itself says, to whoever reads it.
    const target = await asNode(database, tx, caller, () => unit.head(link.record));
    if (target !== null && target.state !== 'active') return refuse('record-withdrawn');
    const about = await seenRecord(tx, link.record, deps);
    if (isRefusal(about)) return about;
    const standing = await unit.permissionsAbout(link.record);
    if (standing.some((permission) => permission.request === request.id)) return refuse('already-decided');
    const body = await bodyOf(tx, input.body, request, about.record, caller, at);
    if (isRefusal(body)) return body;
    const way = await asNode(database, tx, caller, () => routeTo(unit, request.origin));
    if (way === null) return refuse('no-way-to-service');
    const by = authorOf(caller, await unit.desks(request.id));
    const here = { ...signing, sealer, at };
    const signed = await signPermission(about.record, request, body, by, here);
    if (isRefusal(signed)) return signed;
    await keepOwn(unit, signed, { officer: by.officer, desks: by.desks, at });
    await unit.appendJournal(
      journalLine(by.officer, `permission.${input.body.decision}.${body.use}`, about.record, at, {
        service: request.origin,
      }),
    );
    const entered = await asNode(database, tx, caller, () => enterPermission(unit, signed, here));
    wake.push(...entered);
    return { record: signed.id, hash: signed.hash };
  }

  type Body = { readonly [field: string]: Json } & {
    readonly use: string;
    readonly grantee: ServiceId;
    readonly onwardTo?: ServiceId;
  };

  async function bodyOf(
    tx: Tx,
    input: PermissionDecisionInput,
    request: VerifiedRecord,
    record: VerifiedRecord,
    caller: Caller,
    at: UnixMs,
  ): Promise<Body | Refusal> {
    // Its kind's schema has checked the request's body when it was admitted.
    const { use, onwardTo, purpose } = request.body as { use: string; onwardTo?: string; purpose?: string };
    const asked = {
      use,
      grantee: request.origin,
      ...(onwardTo !== undefined && { onwardTo }),
      ...(purpose !== undefined && { purpose }),
    };
    if (input.decision === 'refused') {
      const explanation = input.explanation?.trim() ?? '';
      return { ...asked, decision: 'refused', ground: input.ground, ...(explanation !== '' && { explanation }) };
    }
    const problem = problemOfGrant(input, record, dayOf(at));
    if (problem !== null) return problem;
    const conditions = input.conditions?.trim() ?? '';
    const granted = {
      ...asked,
      decision: 'granted',
      validUntil: input.validUntil,
      ...(input.portions !== null && { portions: [...new Set(input.portions)].sort((a, b) => a - b) }),
      ...(conditions !== '' && { conditions }),
    };
    if (onwardTo === undefined) {
      return (await isReserved(tx, record, { use, purpose: purpose ?? null }, request.origin, caller))
        ? refuse('originator-permission-missing', { at: '/use' })
        : granted;
    }
    const digests = permittedDigests(record, onwardTo, input.portions);
    if (isRefusal(digests)) return digests;
    const unit = database.unit(tx);
    const situation = await asNode(database, tx, caller, () => situationOf(unit, record, self));
    const handling = [record.marking, ...record.portions.map(({ marking }) => marking)].flatMap(
      (each) => each.handling,
    );
    const question = { ...situation, self, recipient: onwardTo, today: dayOf(at) };
    // ACC-08: nobody permits in his own name what another has reserved.
    if (!originatorsPermit(handling, question)) return refuse('originator-permission-missing', { at: '/use' });
    return { ...granted, digests };
  }

  /** ACC-08: what a record of ours draws on, its originator permits by itself; ours is not the word for it. */
  async function isReserved(
    tx: Tx,
    record: VerifiedRecord,
    asked: { readonly use: string; readonly purpose: string | null },
    grantee: ServiceId,
    caller: Caller,
  ): Promise<boolean> {
    const { sources } = await asNode(database, tx, caller, () => citedBy(database.unit(tx), record.cites));
    const { origin, id, revision, hash } = record;
    const used = { reference: { origin, record: id, revision, hash }, handling: [], sources };
    // Not `onward`: that is decided by its digests.
    const use = asked as RecordUse;
    return permissionsNeeded(used, use, self).some((need) => need.origin !== grantee);
  }

  return {
    async decidePermission(input, caller) {
      const at = deps.clock.now();
      const wake: ServiceId[] = [];
      const made = await database.asActor(caller.actor, (tx) =>
        once(tx, caller, input, { at, primitives: signing.primitives, database }, () =>
          decide(tx, input, caller, at, wake),
        ),
      );
      if (!isRefusal(made)) told(deps, wake);
      return made;
    },

    async revokePermission(input, caller) {
      const at = deps.clock.now();
      const { ground, explanation } = input.body;
      const wake: ServiceId[] = [];
      const made = await database.asActor(caller.actor, (tx) =>
        once(tx, caller, input, { at, primitives: signing.primitives, database }, async () => {
          await oneAtATime(tx, `revisions of ${input.params.id}`);
          const seen = await seenRecord(tx, input.params.id, deps);
          if (isRefusal(seen)) return seen;
          const { record } = seen;
          const about = record.body['record'];
          if (record.kind !== 'permission' || record.origin !== self || typeof about !== 'string') {
            return refuse('not-found');
          }
          const unit = database.unit(tx);
          const permission = (await unit.permissionsAbout(about)).find((each) => each.permission === record.id);
          const current = (await unit.head(about))?.hash;
          if (permission === undefined || current === undefined) return refuse('already-decided');
          const refused = refusedRevocation(permission, { self, current, at });
          if (refused !== null) return refused;
          const why = { ground, ...(explanation?.trim() && { explanation: explanation.trim() }) };
          const done = await asNode(database, tx, caller, () =>
            revokePermission(unit, permission, why, { ...signing, sealer, at }),
          );
          const line = { service: permission.grantee, reason: ground };
          await unit.appendJournal(journalLine(caller.officer.id, 'permission.revoked', done.record, at, line));
          wake.push(...done.wake);
          return { record: done.record.id, hash: done.record.hash };
        }),
      );
      if (!isRefusal(made)) told(deps, wake);
      return made;
    },
  };
}

function problemOfGrant(
  { validUntil, portions }: Extract<PermissionDecisionInput, { decision: 'granted' }>,
  record: VerifiedRecord,
  today: CalendarDate,
): Refusal | null {
  if (!isCalendarDate(validUntil) || validUntil < today) return refuse('input-invalid', { at: '/validUntil' });
  const here = new Set(record.portions.map(({ index }) => index));
  return portions?.some((index) => !here.has(index)) ? refuse('input-invalid', { at: '/portions' }) : null;
}
