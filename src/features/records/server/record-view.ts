import type { Tx } from '#src/ports/database.ts';
import type { PermissionUse } from '#src/protocol/admission/permission.ts';
import type { CalendarDate, RecordId, ServiceId } from '#src/protocol/primitives.ts';
import { deliveriesOf } from '../../deliveries.ts';
import type { SignedInOfficer } from '../../handlers.ts';
import { markingView } from '../../marking-view.ts';
import { allowedActs } from '../../record-acts.ts';
import { type Briefs, serviceBriefs } from '../../service-briefs.ts';
import { titlesAbout } from '../../titles-about.ts';
import type { RecordView } from '../contract.ts';
import { handlingBox } from './handling-box.ts';
import { recordBriefs } from './record-briefs.ts';
import { type RecordContent, recordContent } from './record-content.ts';

export interface Reader {
  readonly officer: SignedInOfficer;
  readonly self: ServiceId;
  readonly today: CalendarDate;
}

export type CurrentRevision = NonNullable<Awaited<ReturnType<typeof currentRevision>>>;

/** The revision that counts now, or undefined: absent and not visible are the same. */
export function currentRevision(tx: Tx, id: RecordId) {
  return tx
    .selectFrom('record_head as head')
    .innerJoin('record_revision as revision', 'revision.hash', 'head.hash')
    .selectAll('revision')
    .select('head.state')
    .where('head.record_id', '=', id)
    .executeTakeFirst();
}

/** One record as this officer may see it. */
export async function recordView(tx: Tx, row: CurrentRevision, reader: Reader): Promise<RecordView> {
  const { self, officer, today } = reader;
  const briefs = await serviceBriefs(tx);
  const content = await recordContent(tx, await hashToRead(tx, row));
  const ours = row.origin === self;
  const board = ours ? await deliveriesOf(tx, [row.record_id], self, briefs) : new Map<RecordId, never[]>();
  return {
    ...headerOf(row, ours, briefs),
    reviewOverdue: row.review_by < today,
    marking: markingView({ ...row, releasable: row.releasable_to }, briefs),
    title: content.title,
    about: (await titlesAbout(tx, [row.hash])).get(row.hash) ?? null,
    desk: content.desk,
    desks: await desksOf(tx, row.record_id),
    portions: content.portions.map(({ marking, ...portion }) => ({
      ...portion,
      marking: markingView(marking, briefs),
    })),
    body: { ...content.body },
    links: await linksOf(tx, row, briefs),
    handling: handlingOf(row, content, await permittedUses(tx, row, reader), self, briefs),
    deliveries: board.get(row.record_id) ?? [],
    holders: await holdersOf(tx, row.record_id, briefs),
    revisions: await revisionsOf(tx, row.record_id),
    allowed: await allowedActs(tx, { ...row, record: row.record_id }, officer, self),
  };
}

/**
 * COR-3: who resolves a withdrawal must know what was withdrawn, which the withdrawal itself does not say again. Of an
 * erased record nothing is left to read (ACC-14).
 */
async function hashToRead(tx: Tx, row: CurrentRevision): Promise<string> {
  if (row.status === 'active') return row.hash;
  const last = await tx
    .selectFrom('record_revision as revision')
    .innerJoin('disclosure as title', (join) =>
      join.onRef('title.hash', '=', 'revision.hash').on('title.path', '=', 'title'),
    )
    .select('revision.hash')
    .where('revision.record_id', '=', row.record_id)
    .where('revision.status', '=', 'active')
    .orderBy('revision.revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.hash ?? row.hash;
}

function headerOf(row: CurrentRevision, ours: boolean, briefs: Briefs) {
  const { grading_source: source, grading_information: information } = row;
  return {
    record: row.record_id,
    kind: row.kind,
    revision: row.revision,
    hash: row.hash,
    status: row.status,
    state: row.state,
    origin: briefs(row.origin),
    ours,
    receivedFrom: row.received_from === null ? null : briefs(row.received_from),
    receivedAt: row.received_from === null ? null : row.stored_at.toISOString(),
    language: row.language,
    createdAt: row.created_at.toISOString(),
    purpose: row.purpose,
    legalBasis: row.legal_basis,
    reviewBy: row.review_by,
    grading: source === null || information === null ? null : { source, information },
  };
}

/** PRM-1: what a permission in force allows this service to do with this revision today. */
async function permittedUses(tx: Tx, row: CurrentRevision, { self, today }: Reader): Promise<Set<PermissionUse>> {
  const rows = await tx
    .selectFrom('permission')
    .select('use')
    .distinct()
    .where('about_record', '=', row.record_id)
    .where('about_hash', '=', row.hash)
    .where('grantee', '=', self)
    .where('decision', '=', 'granted')
    .where('valid_until', '>=', today)
    .execute();
  return new Set(rows.map(({ use }) => use));
}

function handlingOf(
  row: CurrentRevision,
  { portions }: RecordContent,
  permitted: ReadonlySet<PermissionUse>,
  self: ServiceId,
  briefs: Briefs,
) {
  const markings = [row, ...portions.map(({ marking }) => marking)];
  const { may, mayNot, ask } = handlingBox(
    {
      origin: row.origin,
      status: row.status,
      handling: markings.flatMap(({ handling }) => handling),
      tlp: markings.flatMap(({ tlp }) => tlp ?? []),
      pap: markings.flatMap(({ pap }) => pap ?? []),
      permitted,
    },
    self,
  );
  return { may, mayNot, ask: ask === null ? null : briefs(ask) };
}

async function desksOf(tx: Tx, record: RecordId): Promise<string[]> {
  const rows = await tx
    .selectFrom('record_desk')
    .select('desk')
    .where('record_id', '=', record)
    .orderBy('desk')
    .execute();
  return rows.map(({ desk }) => desk);
}

/** What it points at, and what points at it; a record that this reader may not see is not hinted at. */
async function linksOf(tx: Tx, row: CurrentRevision, briefs: Briefs): Promise<RecordView['links']> {
  const out = await tx
    .selectFrom('record_link')
    .select(['type', 'target_record as record'])
    .where('hash', '=', row.hash)
    .execute();
  const back = await tx
    .selectFrom('record_link as link')
    .innerJoin('record_head as head', 'head.hash', 'link.hash')
    .select(['link.type', 'link.record_id as record'])
    .where('link.target_record', '=', row.record_id)
    .where('head.state', '=', 'active')
    .orderBy('head.updated_at')
    .execute();
  const known = await recordBriefs(
    tx,
    [...out, ...back].map(({ record }) => record),
    briefs,
  );
  const named = (direction: 'out' | 'in', links: typeof out) =>
    links.flatMap(({ type, record }) => {
      const brief = known.get(record);
      return brief ? [{ type, direction, record: brief }] : [];
    });
  return [...named('out', out), ...named('in', back)];
}

async function holdersOf(tx: Tx, record: RecordId, briefs: Briefs): Promise<RecordView['holders']> {
  const rows = await tx
    .selectFrom('holder')
    .select(['holder', 'state', 'via', 'since'])
    .where('record_id', '=', record)
    .orderBy('since')
    .execute();
  // Several revisions at one holder: the newest row speaks.
  const newest = new Map(rows.map((row) => [row.holder, row]));
  return [...newest.values()].map(({ holder, state, via, since }) => ({
    service: briefs(holder),
    state,
    via: via === null ? null : briefs(via),
    since: since.toISOString(),
  }));
}

async function revisionsOf(tx: Tx, record: RecordId): Promise<RecordView['revisions']> {
  const rows = await tx
    .selectFrom('record_revision')
    .select(['revision', 'hash', 'created_at', 'status'])
    .where('record_id', '=', record)
    .orderBy('revision')
    .orderBy('hash')
    .execute();
  return rows.map(({ created_at, ...row }) => ({ ...row, createdAt: created_at.toISOString() }));
}
