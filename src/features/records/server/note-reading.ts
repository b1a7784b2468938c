import type { Database, Tx } from '#src/ports/database.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import { type Ability, may } from '../../abilities.ts';
import type { Caller } from '../../handlers.ts';
import type { CurrentRevision } from './record-view.ts';

/** The screen asks again when something changes: within this time that is one reading, and one line in the journal. */
const oneReadingMs = 5 * 60_000;

/**
 * ACC-12: writes down that this officer read this revision. The first reading by someone who works on a partner's record
 * is told to that partner, in the same transaction; returns the partner to wake then, else null.
 */
export async function noteReading(
  tx: Tx,
  row: CurrentRevision,
  caller: Caller,
  at: UnixMs,
  database: Database,
): Promise<{ readonly noted: boolean; readonly told: ServiceId | null }> {
  const { hash, record_id: record } = row;
  const officer = caller.officer.id;
  const marks = await tx
    .selectFrom('read_mark')
    .innerJoin('officer', 'officer.id', 'read_mark.officer')
    .select(['read_mark.officer', 'read_mark.read_at', 'officer.role'])
    .where('record_id', '=', record)
    .where('hash', '=', hash)
    .execute();
  const mine = marks.find((mark) => mark.officer === officer);
  if (mine && at - mine.read_at.getTime() < oneReadingMs && at >= mine.read_at.getTime()) {
    return { noted: false, told: null };
  }
  const unit = database.unit(tx);
  await tx
    .insertInto('read_mark')
    .values({ record_id: record, officer, hash, read_at: new Date(at) })
    .onConflict((conflict) => conflict.columns(['record_id', 'officer']).doUpdateSet({ hash, read_at: new Date(at) }))
    .execute();
  await unit.appendJournal({
    at,
    actorKind: 'officer',
    actor: officer,
    // COR-3: a reading of what is quarantined is one in order to resolve it, and stands there as such.
    act: row.state === 'quarantined' ? 'record.read-to-resolve' : 'record.read',
    record,
    hash,
    service: null,
    reason: null,
  });
  // The oversight body reads without anybody being told, and changes nothing (ACC-21).
  const works = (role: Caller['officer']['role']) => may(role, 'compose' satisfies Ability);
  const first = works(caller.officer.role) && !marks.some(({ role }) => works(role));
  if (!first || row.received_from === null) return { noted: true, told: null };
  await unit.enqueue(row.received_from, { message: { type: 'read-notice', record: hash, readAt: at } }, at);
  return { noted: true, told: row.received_from };
}
