/** ACC-08, ACC-09: where a service uses a record; refused where its marking asks for a permission that is not in force. */

import { journalLine } from '#src/engine/issue.ts';
import { citedBy } from '#src/engine/release-situation.ts';
import { dayOf } from '#src/engine/today.ts';
import { uuidV7 } from '#src/engine/uuid.ts';
import type { Tx } from '#src/ports/database.ts';
import { permittedUse } from '#src/protocol/admission/use.ts';
import type { RecordId } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Caller, Handlers } from '../../handlers.ts';
import { once } from '../../idempotency.ts';
import { nameResolved } from '../../resolving.ts';
import type { permissions, UseInput, UseView } from '../contract.ts';
import { asNode } from './as-node.ts';
import { type PermissionDeps, seenRecord } from './permission-deps.ts';

export function routesOfUses(deps: PermissionDeps): Pick<Handlers<typeof permissions>, 'listUses' | 'recordUse'> {
  const { database, signing } = deps;
  const self = signing.keyring.identity.service;

  /** The permission that the use rests on: the first, where several are asked for; null where none is. */
  async function restingOn(
    tx: Tx,
    record: VerifiedRecord,
    { use, purpose }: UseInput,
    caller: Caller,
    at: number,
  ): Promise<RecordId | null | Refusal> {
    const unit = database.unit(tx);
    const { permissions: known, sources } = await asNode(database, tx, caller, async () =>
      record.origin === self
        ? citedBy(unit, record.cites)
        : { permissions: await unit.permissionsAbout(record.id), sources: [] },
    );
    const { origin, id, revision, hash, marking, portions } = record;
    const handling = [marking, ...portions.map((portion) => portion.marking)].flatMap((each) => each.handling);
    const used = { reference: { origin, record: id, revision, hash }, handling, sources };
    const resting = permittedUse(used, { use, purpose }, known, { self, today: dayOf(at) });
    return isRefusal(resting) ? resting : (resting[0] ?? null);
  }

  return {
    listUses({ params }, caller) {
      return database.asActor(caller.actor, async (tx) => {
        // COR-3: who resolves a quarantined record must see what has relied on it.
        await nameResolved(database, tx, params.id);
        const unit = database.unit(tx);
        return (await unit.head(params.id)) === null ? refuse('not-found') : usesOf(tx, params.id);
      });
    },

    async recordUse(input, caller) {
      const problem = problemOfUse(input.body);
      if (problem !== null) return problem;
      const at = deps.clock.now();
      const made = await database.asActor(caller.actor, (tx) =>
        once(tx, caller, input, { at, primitives: signing.primitives, database }, async () => {
          const seen = await seenRecord(tx, input.params.id, deps);
          if (isRefusal(seen)) return seen;
          const { record } = seen;
          if (input.body.purpose === record.purpose) return refuse('input-invalid', { at: '/purpose' });
          const permission = await restingOn(tx, record, input.body, caller, at);
          if (isRefusal(permission)) return permission;
          const { use, reference, stage, purpose } = input.body;
          const id = uuidV7(at, signing.randomBytes(10));
          const entry = { use, reference: reference.trim(), stage, purpose, permission };
          const where = { id, record_id: record.id, hash: record.hash, officer: caller.officer.id, at: new Date(at) };
          await tx
            .insertInto('use_entry')
            .values({ ...entry, ...where })
            .execute();
          // JRN-2: what it is used for, not in which case.
          await database.unit(tx).appendJournal(journalLine(caller.officer.id, `record.used.${use}`, record, at));
          return { ...entry, at: new Date(at).toISOString(), officer: caller.officer.displayName };
        }),
      );
      if (!isRefusal(made)) deps.announce('records');
      return made;
    },
  };
}

function problemOfUse({ use, stage, purpose, reference }: UseInput): Refusal | null {
  if ((use === 'judicial') !== (stage !== null)) return refuse('input-invalid', { at: '/stage' });
  if ((use === 'other-purpose') !== (purpose !== null)) return refuse('input-invalid', { at: '/purpose' });
  return reference.trim() === '' ? refuse('input-invalid', { at: '/reference' }) : null;
}

async function usesOf(tx: Tx, record: RecordId): Promise<UseView[]> {
  const rows = await tx
    .selectFrom('use_entry as entry')
    .innerJoin('officer', 'officer.id', 'entry.officer')
    .select(['entry.use', 'entry.reference', 'entry.stage', 'entry.purpose', 'entry.permission', 'entry.at'])
    .select('officer.display_name as officer')
    .where('entry.record_id', '=', record)
    .orderBy('entry.at', 'desc')
    .orderBy('entry.id')
    .execute();
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}
