/** REQ-3: requests with their clocks, one line per recipient, from what this reader sees of them and of their answers. */
import { type ClockEvent, type RequestClock, requestClock } from '#src/kinds/request/clock.ts';
import { type AnswerState, answerStates } from '#src/kinds/request/words.ts';
import type { Tx } from '#src/ports/database.ts';
import type { Json, Language, RecordId, ServiceId, UnixMs } from '#src/protocol/primitives.ts';

export interface RequestAnswer {
  readonly record: RecordId;
  readonly answer: AnswerState;
  readonly ground: string | null;
  readonly restBy: string | null;
  readonly at: UnixMs;
}
export interface RequestLine {
  readonly service: ServiceId;
  readonly clock: RequestClock;
  /** The first first. */
  readonly answers: readonly RequestAnswer[];
}
export interface TimedRequest {
  readonly record: RecordId;
  readonly origin: ServiceId;
  readonly title: string;
  readonly language: Language;
  readonly urgency: string;
  readonly respondBy: UnixMs;
  readonly askedAt: UnixMs;
  /** Of a request to us: one line, ourselves. */
  readonly lines: readonly RequestLine[];
}

/** In the order asked for; a request that the reader does not see is absent. */
export async function timedRequests(
  tx: Tx,
  records: readonly RecordId[],
  here: { readonly self: ServiceId; readonly now: UnixMs },
): Promise<TimedRequest[]> {
  if (records.length === 0) return [];
  const heads = await headsOf(tx, records);
  const revisions = await revisionsOf(tx, records);
  const releases = await releasesOf(tx, records);
  const answers = await answersTo(tx, records);
  const byRecord = new Map(heads.map((head) => [head.record_id, head]));
  const revisionsByRecord = Map.groupBy(revisions, ({ record_id }) => record_id);
  const releasesByRecord = Map.groupBy(releases, ({ record_id }) => record_id);
  const answersByRecord = Map.groupBy(answers, ({ request }) => request);
  return records.flatMap((record) => {
    const head = byRecord.get(record);
    const own = revisionsByRecord.get(record) ?? [];
    const given = releasesByRecord.get(record) ?? [];
    if (head === undefined || own.length === 0) return [];
    const respondBy = Date.parse(textOf(head.respondBy));
    const lineOf = (service: ServiceId, arrivals: ReadonlyMap<number, UnixMs>): RequestLine => {
      const answered = (answersByRecord.get(record) ?? [])
        .filter((row) => row.origin === service)
        .flatMap((row) => answerOf(row, arrivals, here.self));
      const events = [...answered.map(({ at, answer }) => ({ at, is: answer })), ...clarifications(arrivals)];
      const startedAt = earliest([...arrivals.values()]);
      return { service, answers: answered, clock: requestClock({ respondBy, startedAt, events, now: here.now }) };
    };
    const lines =
      head.origin === here.self
        ? recipientsOf(given).map((service) => lineOf(service, deliveriesTo(given, service)))
        : [lineOf(here.self, new Map(own.map((row) => [row.revision, row.stored_at.getTime()])))];
    return {
      record,
      origin: head.origin,
      title: textOf(head.title),
      language: head.language,
      urgency: textOf(head.urgency),
      respondBy,
      askedAt: Math.min(...own.map((row) => row.created_at.getTime())),
      lines,
    };
  });
}

function headsOf(tx: Tx, records: readonly RecordId[]) {
  return tx
    .selectFrom('record_head as head')
    .innerJoin('record_revision as revision', 'revision.hash', 'head.hash')
    .innerJoin('disclosure as due', (join) =>
      join.onRef('due.hash', '=', 'head.hash').on('due.path', '=', 'body/respondBy'),
    )
    .leftJoin('disclosure as title', (join) =>
      join.onRef('title.hash', '=', 'head.hash').on('title.path', '=', 'title'),
    )
    .leftJoin('disclosure as urgency', (join) =>
      join.onRef('urgency.hash', '=', 'head.hash').on('urgency.path', '=', 'body/urgency'),
    )
    .select(['head.record_id', 'head.origin', 'revision.language'])
    .select(['title.value as title', 'urgency.value as urgency', 'due.value as respondBy'])
    .where('head.record_id', 'in', records)
    .where('head.kind', '=', 'request')
    .where('head.state', '=', 'active')
    .execute();
}

function revisionsOf(tx: Tx, records: readonly RecordId[]) {
  return tx
    .selectFrom('record_revision')
    .select(['record_id', 'revision', 'created_at', 'stored_at'])
    .where('record_id', 'in', records)
    .execute();
}

type Release = Awaited<ReturnType<typeof releasesOf>>[number];

function releasesOf(tx: Tx, records: readonly RecordId[]) {
  return tx
    .selectFrom('release')
    .innerJoin('record_revision as revision', 'revision.hash', 'release.hash')
    .select(['release.record_id', 'release.recipient', 'release.delivered_at', 'revision.revision'])
    .where('release.record_id', 'in', records)
    .where('release.state', '<>', 'refused')
    .orderBy('release.released_at')
    .orderBy('release.id')
    .execute();
}

type AnswerRow = Awaited<ReturnType<typeof answersTo>>[number];

function answersTo(tx: Tx, records: readonly RecordId[]) {
  return tx
    .selectFrom('record_link as link')
    .innerJoin('record_head as head', 'head.hash', 'link.hash')
    .innerJoin('record_revision as answer', 'answer.hash', 'link.hash')
    .innerJoin('disclosure as said', (join) =>
      join.onRef('said.hash', '=', 'link.hash').on('said.path', '=', 'body/answer'),
    )
    .leftJoin('disclosure as ground', (join) =>
      join.onRef('ground.hash', '=', 'link.hash').on('ground.path', '=', 'body/ground'),
    )
    .leftJoin('disclosure as rest', (join) =>
      join.onRef('rest.hash', '=', 'link.hash').on('rest.path', '=', 'body/restBy'),
    )
    .select(['link.target_record as request', 'link.target_revision as revision', 'answer.record_id as record'])
    .select(['answer.origin', 'answer.created_at', 'answer.stored_at'])
    .select(['said.value as answer', 'ground.value as ground', 'rest.value as restBy'])
    .where('link.type', '=', 'replies-to')
    .where('link.target_record', 'in', records)
    .where('head.kind', '=', 'answer')
    .where('head.state', '=', 'active')
    .orderBy('answer.stored_at')
    .execute();
}

/**
 * An answer's time is the one that its author signed, so that a slow link makes nobody late; but not later than it came
 * here, nor before the revision that it answers had come to its author.
 */
function answerOf(row: AnswerRow, arrivals: ReadonlyMap<number, UnixMs>, self: ServiceId): RequestAnswer[] {
  const answer = answerStates.find((state) => state === row.answer);
  if (answer === undefined) return [];
  const stored = row.stored_at.getTime();
  const said = row.origin === self ? stored : Math.min(row.created_at.getTime(), stored);
  const at = Math.max(said, arrivals.get(row.revision) ?? said);
  const { record, ground, restBy } = row;
  return [{ record, answer, ground: textOrNull(ground), restBy: textOrNull(restBy), at }];
}

/** Every revision after the first that reached the recipient says more than the one before. */
function clarifications(arrivals: ReadonlyMap<number, UnixMs>): ClockEvent[] {
  return [...arrivals].filter(([revision]) => revision > 1).map(([, at]) => ({ at, is: 'clarified' }));
}

function recipientsOf(releases: readonly Release[]): ServiceId[] {
  return [...new Set(releases.map((row) => row.recipient))];
}

/** By revision, when it was delivered to this recipient; by its receipt. */
function deliveriesTo(releases: readonly Release[], recipient: ServiceId): ReadonlyMap<number, UnixMs> {
  return new Map(
    releases
      .filter((row) => row.recipient === recipient)
      .flatMap((row) => (row.delivered_at === null ? [] : [[row.revision, row.delivered_at.getTime()] as const])),
  );
}

function earliest(instants: readonly UnixMs[]): UnixMs | null {
  return instants.length === 0 ? null : Math.min(...instants);
}

function textOf(value: Json | null): string {
  return typeof value === 'string' ? value : '';
}
function textOrNull(value: Json | null): string | null {
  return typeof value === 'string' ? value : null;
}
