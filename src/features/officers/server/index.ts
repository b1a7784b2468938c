import { randomUUID } from 'node:crypto';
import type { Input } from '#src/features/contract.ts';
import type { Caller, Handlers } from '#src/features/handlers.ts';
import { once } from '#src/features/idempotency.ts';
import { passphraseProblem } from '#src/features/passphrase-rule.ts';
import { namesOf, type OwnService } from '#src/features/service-briefs.ts';
import type { Clock } from '#src/ports/clock.ts';
import type { Database, Tx } from '#src/ports/database.ts';
import type { Passphrases } from '#src/ports/passphrases.ts';
import type { Primitives } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { OfficerView, officers } from '../contract.ts';
import { officerView, officerViews } from './officer-view.ts';
import { type SlowDownsDeps, slowDowns } from './slow-downs.ts';

export interface OfficersDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly passphrases: Passphrases;
  readonly primitives: Primitives;
  readonly self: () => OwnService | null;
  readonly sessionClock: Clock;
  /** Ends at once what this officer's screens follow; all but what the session `except` follows. */
  readonly endStreams: (officer: string, except?: string) => void;
  readonly brake: SlowDownsDeps['brake'];
}

/** ACC-22: an administrator manages the others, never the own account; who may is held by the tables' policies too. */
export function officersRoutes(deps: OfficersDeps): Handlers<typeof officers> {
  const { database, primitives } = deps;
  const here = () => ({ at: deps.clock.now(), primitives, database });
  return {
    async listOfficers(_input, caller) {
      return database.asActor(caller.actor, officerViews);
    },

    async listSlowDowns(_input, caller) {
      return database.asActor(caller.actor, (tx) => slowDowns(tx, deps));
    },

    async createOfficer(input, caller) {
      const { passphrase, ...body } = input.body;
      const names = [body.displayName, ...namesOf(deps.self())];
      const problem = await passphraseProblem(passphrase, { login: body.login, names }, '/passphrase');
      if (problem !== null) return problem;
      const passphraseHash = await deps.passphrases.hash(passphrase);
      // No trace of the passphrase beside its own hash: whether a request repeats an earlier one is told by the rest.
      return database.asActor(caller.actor, (tx) =>
        once(tx, caller, { body }, here(), () => create(tx, body, passphraseHash, caller, deps)),
      );
    },

    async disableOfficer(input, caller) {
      const { params } = input;
      if (params.id === caller.officer.id) return refuse('not-allowed', { at: '/id' });
      const disabled = await database.asActor(caller.actor, (tx) =>
        once(tx, caller, input, here(), () => disable(tx, params.id, caller, deps)),
      );
      if (!isRefusal(disabled)) deps.endStreams(params.id);
      return disabled;
    },
  };
}

async function create(
  tx: Tx,
  given: Omit<Input<typeof officers.createOfficer>['body'], 'passphrase'>,
  passphraseHash: string,
  caller: Caller,
  deps: OfficersDeps,
): Promise<OfficerView | Refusal> {
  const id = randomUUID();
  const { login, displayName, role, clearance, compartments, desks, language } = given;
  // Two administrators at once: the table's own uniqueness decides.
  const made = await tx
    .insertInto('officer')
    .values({
      id,
      login,
      display_name: displayName,
      role,
      clearance,
      compartments: [...new Set(compartments)],
      language,
      passphrase_hash: passphraseHash,
      disabled_at: null,
      created_at: new Date(deps.clock.now()),
    })
    .onConflict((conflict) => conflict.column('login').doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows === 0n) return refuse('login-taken', { at: '/login' });
  for (const desk of new Set(desks)) await tx.insertInto('officer_desk').values({ officer: id, desk }).execute();
  await journal(tx, 'officer.created', id, caller, deps);
  return (await officerView(tx, id)) ?? refuse('not-found');
}

async function disable(tx: Tx, id: string, caller: Caller, deps: OfficersDeps): Promise<OfficerView | Refusal> {
  const officer = await officerView(tx, id);
  if (officer === null) return refuse('not-found');
  if (officer.disabled) return officer;
  await tx
    .updateTable('officer')
    .set({ disabled_at: new Date(deps.clock.now()) })
    .where('id', '=', id)
    .execute();
  await tx.deleteFrom('session').where('officer', '=', id).execute();
  await journal(tx, 'officer.disabled', id, caller, deps);
  return { ...officer, disabled: true };
}

async function journal(tx: Tx, act: string, officer: string, caller: Caller, deps: OfficersDeps): Promise<void> {
  await deps.database.unit(tx).appendJournal({
    at: deps.clock.now(),
    actorKind: 'officer',
    actor: caller.officer.id,
    act,
    record: null,
    hash: null,
    service: null,
    reason: officer,
  });
}
