/** COR-2, COR-4: who was asked by a correction, and what came of it. */
import type { Static } from 'typebox';
import type { Tx } from '#src/ports/database.ts';
import { lineState, mayAnswer } from '#src/protocol/correction/board.ts';
import type { CorrectionAnswer, CorrectionChange, CorrectionGround } from '#src/protocol/correction/words.ts';
import type { CalendarDate, Json, RecordId, ServiceId } from '#src/protocol/primitives.ts';
import { may } from '../../abilities.ts';
import type { SignedInOfficer } from '../../handlers.ts';
import { type Briefs, serviceBriefs } from '../../service-briefs.ts';
import { unreachedBy, whyOf } from '../../unreached.ts';
import type { BoardLine, CorrectionView } from '../contract.ts';
import { type Held, heldNow, wayTo } from './holders.ts';

type Line = Static<typeof BoardLine>;
type Given = NonNullable<Line['answer']> & { readonly answer: CorrectionAnswer };

export interface BoardReader {
  readonly officer: SignedInOfficer;
  readonly self: ServiceId;
  readonly today: CalendarDate;
}

/** Corrections of this record, or the one whose own id this is, the newest first. */
export async function correctionViews(tx: Tx, id: RecordId, reader: BoardReader): Promise<CorrectionView[]> {
  const rows = await tx
    .selectFrom('correction')
    .innerJoin('record_revision as revision', 'revision.hash', 'correction.hash')
    .selectAll('correction')
    .select(['revision.stored_at', 'revision.received_from'])
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('correction as later')
          .select('later.record_id')
          .whereRef('later.about_record', '=', 'correction.about_record')
          .whereRef('later.about_revision', '>', 'correction.about_revision'),
      )
        .$castTo<boolean>()
        .as('superseded'),
    )
    .where(({ or, eb }) => or([eb('correction.record_id', '=', id), eb('correction.about_record', '=', id)]))
    .orderBy('about_revision', 'desc')
    .orderBy('correction.record_id', 'desc')
    .execute();
  const briefs = await serviceBriefs(tx);
  const views: CorrectionView[] = [];
  for (const row of rows) views.push(await correctionView(tx, row, reader, briefs));
  return views;
}

interface CorrectionRow {
  readonly record_id: RecordId;
  readonly hash: string;
  readonly origin: ServiceId;
  readonly change: CorrectionChange;
  readonly respond_by: CalendarDate;
  readonly about_record: RecordId;
  readonly about_hash: string;
  readonly issued_at: Date;
  readonly superseded: boolean;
  readonly stored_at: Date;
}

async function correctionView(
  tx: Tx,
  row: CorrectionRow,
  reader: BoardReader,
  briefs: Briefs,
): Promise<CorrectionView> {
  const ours = row.origin === reader.self;
  const answers = await answersTo(tx, row.record_id);
  const board = ours
    ? await originsBoard(tx, row, answers, reader, briefs)
    : [ownLine(row, answers.get(reader.self) ?? null, reader, briefs)];
  const said = await bodyOf(tx, row.hash);
  const mine = answers.get(reader.self)?.answer ?? null;
  const allowed: readonly [string, boolean][] = [
    ['answer', !ours && !row.superseded && mayAnswer(mine) && may(reader.officer.role, 'answer-correction')],
    [
      'remind',
      ours &&
        !row.superseded &&
        may(reader.officer.role, 'correct') &&
        board.some(({ answer, unreachable }) => !answer && !unreachable),
    ],
  ];
  return {
    correction: row.record_id,
    about: row.about_record,
    change: row.change,
    ground: said('ground') as CorrectionGround,
    explanation: said('explanation'),
    issuedAt: row.issued_at.toISOString(),
    respondBy: row.respond_by,
    origin: briefs(row.origin),
    ours,
    superseded: row.superseded,
    board: row.superseded ? board.map((line) => ({ ...line, overdue: false })) : board,
    reliedOn: ours ? [] : await usesOf(tx, row.about_record),
    allowed: allowed.filter(([, is]) => is).map(([action]) => action),
  };
}

/** Of a body that the kind's schema checked before it was stored. */
async function bodyOf(tx: Tx, hash: string): Promise<(field: string) => string | null> {
  const rows = await tx
    .selectFrom('disclosure')
    .select(['path', 'value'])
    .where('hash', '=', hash)
    .where('path', 'like', 'body/%')
    .execute();
  return (field) => textOf(rows.find(({ path }) => path === `body/${field}`)?.value);
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** The last answer of each service. */
async function answersTo(tx: Tx, correction: RecordId): Promise<ReadonlyMap<ServiceId, Given>> {
  const rows = await tx
    .selectFrom('record_link as link')
    .innerJoin('record_revision as answer', 'answer.hash', 'link.hash')
    .innerJoin('disclosure as said', (join) =>
      join.onRef('said.hash', '=', 'link.hash').on('said.path', 'like', 'body/%'),
    )
    .select(['answer.record_id as record', 'answer.origin', 'answer.stored_at as at', 'said.path', 'said.value'])
    .where('link.type', '=', 'replies-to')
    .where('link.target_record', '=', correction)
    .where('answer.kind', '=', 'correction-answer')
    .orderBy('answer.stored_at')
    .orderBy('answer.record_id')
    .execute();
  const answers = new Map<ServiceId, Given>();
  for (const [record, fields] of Map.groupBy(rows, (row) => row.record)) {
    const [first] = fields;
    const field = (name: string) => textOf(fields.find(({ path }) => path === `body/${name}`)?.value);
    if (!first) continue;
    answers.set(first.origin, {
      record,
      answer: field('answer') as CorrectionAnswer,
      at: first.at.toISOString(),
      case: field('case'),
      stage: field('stage'),
      ground: field('ground'),
      explanation: field('explanation'),
    });
  }
  return answers;
}

async function originsBoard(
  tx: Tx,
  row: CorrectionRow,
  answers: ReadonlyMap<ServiceId, Given>,
  { self, today }: BoardReader,
  briefs: Briefs,
): Promise<Line[]> {
  const held = await heldNow(tx, row.about_record);
  const asks = await tx.selectFrom('correction_ask').selectAll().where('correction', '=', row.record_id).execute();
  const delivered = await deliveredTo(tx, row);
  const open = await openServices(tx);
  const unreached = await unreachedOf(tx, row, self);
  const services = new Set([
    ...held.map(({ holder }) => holder),
    ...asks.map(({ holder }) => holder),
    ...answers.keys(),
  ]);
  return [...services].map((service) => {
    const ask = asks.find(({ holder }) => holder === service);
    const answer = answers.get(service) ?? null;
    const way = wayTo(service, held);
    const state = lineState({
      askedAt: ask?.asked_at.getTime() ?? null,
      answer: answer?.answer ?? null,
      respondBy: row.respond_by,
      today,
      reachable: isReachable(service, way, open),
    });
    const confirmed = held.find(
      (one): one is Held => one.holder === service && one.hash === row.about_hash,
    )?.confirmedAt;
    return {
      service: briefs(service),
      via: way.map(briefs),
      askedAt: ask?.asked_at.toISOString() ?? null,
      deliveredAt: (delivered.get(service) ?? confirmed)?.toISOString() ?? answer?.at ?? null,
      answer,
      remindedAt: ask?.reminded_at?.toISOString() ?? null,
      ...state,
      unreached: answer === null && !delivered.has(service) ? (unreached(service, ask !== undefined) ?? null) : null,
    };
  });
}

/** Why the correction itself did not go: refused here at the moment of sending; or, of one never asked, no way led to it. */
async function unreachedOf(tx: Tx, { record_id, hash }: CorrectionRow, self: ServiceId) {
  const refused = await tx
    .selectFrom('release')
    .select(['recipient', 'refused_code'])
    .where('hash', '=', hash)
    .where('refused_by', '=', self)
    .where('state', '=', 'refused')
    .execute();
  const codes = new Map(
    refused.map(({ recipient, refused_code: code }) => [recipient, code === null ? null : whyOf(code)]),
  );
  const noWay = await unreachedBy(tx, { act: 'correction.undeliverable', record: record_id, hash });
  return (service: ServiceId, isAsked: boolean) => codes.get(service) ?? (isAsked ? undefined : noWay.get(service));
}

/** By its own receipt: the holder's node has the correction record. */
async function deliveredTo(tx: Tx, { hash }: CorrectionRow): Promise<ReadonlyMap<ServiceId, Date>> {
  const rows = await tx
    .selectFrom('release')
    .select(['recipient', 'delivered_at'])
    .where('hash', '=', hash)
    .where('delivered_at', 'is not', null)
    .execute();
  return new Map(rows.flatMap(({ recipient, delivered_at }) => (delivered_at ? [[recipient, delivered_at]] : [])));
}

/** KEY-1, KEY-2: partners to whom anything goes. */
async function openServices(tx: Tx): Promise<{ partners: Set<ServiceId>; revoked: Set<ServiceId> }> {
  const rows = await tx.selectFrom('service').select(['id', 'confirmed_at', 'revoked_at', 'is_self']).execute();
  const open = rows.filter((row) => !row.is_self && row.confirmed_at !== null && row.revoked_at === null);
  const revoked = rows.filter((row) => row.revoked_at !== null);
  return { partners: new Set(open.map(({ id }) => id)), revoked: new Set(revoked.map(({ id }) => id)) };
}

function isReachable(
  service: ServiceId,
  way: readonly ServiceId[],
  { partners, revoked }: { partners: ReadonlySet<ServiceId>; revoked: ReadonlySet<ServiceId> },
): boolean {
  if (partners.has(service)) return true;
  const [first] = way;
  return !revoked.has(service) && first !== undefined && partners.has(first);
}

/** What a holder sees of the board: itself. */
function ownLine(row: CorrectionRow, answer: Given | null, { self, today }: BoardReader, briefs: Briefs): Line {
  const arrived = row.stored_at.toISOString();
  const asked = { askedAt: row.stored_at.getTime(), answer: answer?.answer ?? null, respondBy: row.respond_by };
  return {
    service: briefs(self),
    via: [],
    askedAt: arrived,
    deliveredAt: arrived,
    answer,
    remindedAt: null,
    unreached: null,
    ...lineState({ ...asked, today, reachable: true }),
  };
}

/** Our registered uses of the record, so that nobody forgets what relied on it. */
async function usesOf(tx: Tx, record: RecordId): Promise<CorrectionView['reliedOn']> {
  return tx
    .selectFrom('use_entry')
    .select(['reference', 'stage'])
    .where('record_id', '=', record)
    .orderBy('at', 'desc')
    .execute();
}
