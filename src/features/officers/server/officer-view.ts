import { sql } from 'kysely';
import type { Tx } from '#src/ports/database.ts';
import type { OfficerView } from '../contract.ts';

export async function officerViews(tx: Tx): Promise<OfficerView[]> {
  const rows = await selectOfficers(tx).orderBy('login').execute();
  return rows.map(viewOf);
}

export async function officerView(tx: Tx, id: string): Promise<OfficerView | null> {
  const row = await selectOfficers(tx).where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : viewOf(row);
}

function selectOfficers(tx: Tx) {
  return tx
    .selectFrom('officer')
    .select(['id', 'login', 'display_name', 'role', 'clearance', 'compartments', 'language', 'disabled_at'])
    .select(
      sql<string[]>`array(select desk from officer_desk d where d.officer = officer.id order by desk)`.as('desks'),
    );
}

type OfficerRow = Awaited<ReturnType<ReturnType<typeof selectOfficers>['execute']>>[number];

function viewOf({ display_name, disabled_at, ...row }: OfficerRow): OfficerView {
  return { ...row, displayName: display_name, disabled: disabled_at !== null };
}
