import type { Clock } from '#src/ports/clock.ts';
import type { Database, Tx } from '#src/ports/database.ts';
import type { Primitives, ServiceId } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Announce, Caller, Handlers } from '../../handlers.ts';
import { once } from '../../idempotency.ts';
import { nameResolved } from '../../resolving.ts';
import type { OwnService } from '../../service-briefs.ts';
import type { RecordView, records } from '../contract.ts';
import { journalLines } from './journal-lines.ts';
import { noteReading } from './note-reading.ts';
import { currentRevision, type Reader, recordView } from './record-view.ts';

export interface RecordsDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly primitives: Primitives;
  readonly self: () => OwnService | null;
  readonly announce: Announce;
  wake(peer: ServiceId): void;
}

export function recordsRoutes(deps: RecordsDeps): Handlers<typeof records> {
  const { database, clock } = deps;
  const readerOf = (caller: Caller): Reader => ({
    officer: caller.officer,
    // An officer exists only once the service does.
    self: deps.self()?.id ?? '',
    today: new Date(clock.now()).toISOString().slice(0, 10),
  });

  return {
    async getRecord({ params }, caller) {
      const at = clock.now();
      const read = await database.asActor(caller.actor, async (tx) => {
        await nameResolved(database, tx, params.id);
        const row = await currentRevision(tx, params.id);
        if (row === undefined) return refuse('not-found');
        const reading = await noteReading(tx, row, caller, at, database);
        return { view: await recordView(tx, row, readerOf(caller)), ...reading };
      });
      if (isRefusal(read)) return read;
      if (read.told !== null) deps.wake(read.told);
      if (read.noted) deps.announce('inbox');
      return read.view;
    },

    getRecordJournal({ params, query }, caller) {
      return database.asActor(caller.actor, async (tx) => {
        await nameResolved(database, tx, params.id);
        if ((await currentRevision(tx, params.id)) === undefined) return refuse('not-found');
        return journalLines(tx, params.id, query.before ?? null);
      });
    },

    async assignDesk(input, caller) {
      const { params, body } = input;
      const at = clock.now();
      const assign = async (tx: Tx): Promise<RecordView | Refusal> => {
        const row = await currentRevision(tx, params.id);
        if (row === undefined) return refuse('not-found');
        const unit = database.unit(tx);
        const officer = caller.officer.id;
        await unit.putOnDesk(params.id, body.desk, officer, at);
        await unit.appendJournal({
          at,
          actorKind: 'officer',
          actor: officer,
          act: 'desk.assigned',
          record: params.id,
          hash: row.hash,
          service: null,
          reason: `${body.desk}: ${body.reason}`,
        });
        return recordView(tx, row, readerOf(caller));
      };
      const here = { at, primitives: deps.primitives, database };
      const view = await database.asActor(caller.actor, (tx) => once(tx, caller, input, here, () => assign(tx)));
      if (!isRefusal(view)) for (const topic of ['inbox', 'records'] as const) deps.announce(topic);
      return view;
    },
  };
}
