import { type RecordRow, type Row, today, type World } from './names.ts';

const groupBy = <T>(rows: readonly T[], keyOf: (row: T) => string) => Map.groupBy(rows, keyOf);
export const text = (value: unknown) => String(value);

/** What the rules need of the world, looked up once. */
export function lookUp(world: World) {
  const of = (table: string) => world[table] ?? [];
  const revisions = of('record_revision') as readonly RecordRow[];
  const headState = new Map(of('record_head').map((row) => [text(row['record_id']), text(row['state'])]));
  return {
    revisions,
    revisionByHash: new Map(revisions.map((row) => [row.hash, row])),
    revisionsOf: groupBy(revisions, ({ record_id }) => record_id),
    service: new Map(of('service').map((row) => [text(row['id']), row])),
    desks: groupBy(of('record_desk'), (row) => text(row['record_id'])),
    headState,
    isFallen: (record: string) => headState.has(record) && headState.get(record) !== 'active',
    agreements: of('agreement'),
    releases: groupBy(of('release'), (row) => text(row['hash'])),
    holders: groupBy(of('holder'), (row) => text(row['record_id'])),
    links: groupBy(of('record_link'), (row) => text(row['hash'])),
    corrections: groupBy(of('correction'), (row) => text(row['hash'])),
    permissions: of('permission'),
  };
}

export type Terms = { ceiling: number; compartments: readonly string[]; purposes: readonly string[] };

/** REC-5: who assented last, and what was agreed in that revision. */
export function newestAssented(agreements: readonly Row[]): readonly Row[] {
  const latest = (row: Row) =>
    Math.max(Date.parse(text(row['our_assent_at'])), Date.parse(text(row['their_assent_at'])));
  return agreements
    .filter((row) => row['our_assent_at'] !== null && row['their_assent_at'] !== null)
    .sort(
      (one, other) => latest(other) - latest(one) || text(other['record_id']).localeCompare(text(one['record_id'])),
    );
}

/** ACC-02: what is agreed with a partner today; null: nothing. */
export function termsOf(agreements: readonly Row[], partner: string): Terms | null {
  const assented = newestAssented(agreements.filter((row) => row['partner'] === partner));
  const inForce = assented.find(
    (row) =>
      row['ended_at'] === null &&
      text(row['valid_from']) <= today &&
      today <= text(row['valid_until']) &&
      !assented.some(
        (newer) => newer['record_id'] === row['record_id'] && Number(newer['revision']) > Number(row['revision']),
      ),
  );
  return inForce === undefined ? null : (inForce as unknown as Terms);
}
