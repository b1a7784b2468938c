import pg from 'pg';
import type { Actor } from '#src/ports/database.ts';
import type { CalendarDate, RecordId } from '#src/protocol/primitives.ts';

const roles = {
  officer: 'tansiq_officer',
  partner: 'tansiq_partner',
  node: 'tansiq_node',
  'sign-in': 'tansiq_sign_in',
} as const satisfies Record<Actor['kind'], string>;

/** The statements that make the rest of the transaction run as `actor`: its role, and who it is within it. */
export function becomeActor(actor: Actor): string {
  const officer = actor.kind === 'officer' ? actor.officer : '';
  const partner = actor.kind === 'partner' ? actor.service : '';
  return `set local role ${roles[actor.kind]};
set local app.officer = ${pg.escapeLiteral(officer)};
set local app.partner = ${pg.escapeLiteral(partner)}`;
}

/** The node's own date, which policies compare the terms of agreements with. */
export function setToday(today: CalendarDate): string {
  return `set local app.today = ${pg.escapeLiteral(today)}`;
}

const recordIdPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** COR-3: the quarantined records that the rest of the transaction resolves. */
export function setResolving(records: readonly RecordId[]): string {
  if (!records.every((record) => recordIdPattern.test(record))) throw new Error('not the id of a record');
  return `set local app.resolving = ${pg.escapeLiteral(records.join(','))}`;
}
