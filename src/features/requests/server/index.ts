import type { Signing } from '#src/engine/deps.ts';
import { issue, journalLine, keepOwn } from '#src/engine/issue.ts';
import { newRecordId } from '#src/engine/record-id.ts';
import { releaseTo } from '#src/engine/release.ts';
import type { Clock } from '#src/ports/clock.ts';
import type { Database, Tx } from '#src/ports/database.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import { aboveClearance } from '../../author-marking.ts';
import type { Announce, Caller, Handlers } from '../../handlers.ts';
import { type Asked, once } from '../../idempotency.ts';
import { unknownAmong } from '../../known-partners.ts';
import { requestsIn } from '../../open-requests.ts';
import { timedRequests } from '../../request-lines.ts';
import { serviceBriefs } from '../../service-briefs.ts';
import type { requests } from '../contract.ts';
import { answerDraft } from './answer-draft.ts';
import { cursorOf, placeOf } from './cursor.ts';
import { askedRequest, ownRequest } from './open-request.ts';
import { clarifiedDraft, requestDraft } from './request-draft.ts';
import { requestView } from './request-view.ts';

const requestsPerPage = 50;

export interface RequestDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly signing: Signing;
  readonly announce: Announce;
  wake(peer: ServiceId): void;
}

export function requestRoutes(deps: RequestDeps): Handlers<typeof requests> {
  const self = deps.signing.keyring.identity.service;
  const { database, clock, signing } = deps;

  /** Keeps what was signed and gives it to its recipients. */
  async function give(
    tx: Tx,
    record: VerifiedRecord,
    to: { readonly recipients: readonly ServiceId[]; readonly desks: readonly string[]; readonly act?: string },
    caller: Caller,
    at: UnixMs,
  ): Promise<{ record: string; hash: string }> {
    const unit = database.unit(tx);
    const officer = caller.officer.id;
    await keepOwn(unit, record, { officer, desks: to.desks, at, ...(to.act !== undefined && { act: to.act }) });
    await releaseTo(unit, record, to.recipients, {
      officer,
      at,
      self,
      randomBytes: signing.randomBytes,
      onFault: signing.onFault,
    });
    return { record: record.id, hash: record.hash };
  }

  /** One write, once; wakes the links of those whom `work` named. */
  async function write<T extends object>(
    caller: Caller,
    input: Asked,
    work: (tx: Tx, at: UnixMs, gives: (to: readonly ServiceId[]) => void) => Promise<T | Refusal>,
  ): Promise<T | Refusal> {
    const at = clock.now();
    const told = new Set<ServiceId>();
    const gives = (to: readonly ServiceId[]) => {
      for (const one of to) told.add(one);
    };
    const made = await database.asActor(caller.actor, (tx) =>
      once(tx, caller, input, { at, primitives: signing.primitives, database }, () => work(tx, at, gives)),
    );
    for (const peer of told) deps.wake(peer);
    if (!isRefusal(made)) for (const topic of ['inbox', 'records'] as const) deps.announce(topic);
    return made;
  }

  const views = async (tx: Tx, ids: readonly string[], caller: Caller) => {
    const briefs = await serviceBriefs(tx);
    const timed = await timedRequests(tx, ids, { self, now: clock.now() });
    return timed.map((one) => requestView(one, { officer: caller.officer, self }, briefs));
  };

  return {
    async listRequests({ query }, caller) {
      const { direction, state, cursor, limit = requestsPerPage } = query;
      const after = cursor === undefined ? null : placeOf(cursor);
      if (cursor !== undefined && after === null) return refuse('input-invalid', { at: '/cursor' });
      return database.asActor(caller.actor, async (tx) => {
        const places = await requestsIn(tx, self, { direction, state, after, limit: limit + 1 });
        const page = places.slice(0, limit);
        const last = page.at(-1);
        const ids = page.map(({ record }) => record);
        return {
          items: await views(tx, ids, caller),
          next: places.length > limit && last ? cursorOf(last) : null,
        };
      });
    },

    getRequest({ params }, caller) {
      return database.asActor(caller.actor, async (tx) => {
        const [view] = await views(tx, [params.id], caller);
        return view ?? refuse('not-found');
      });
    },

    async createRequest(input, caller) {
      const { body } = input;
      const [desk = 'liaison'] = caller.officer.desks;
      return write(caller, input, async (tx, at, gives) => {
        const draft = requestDraft(body, { id: newRecordId(signing, at), origin: self, desk, at });
        if (isRefusal(draft)) return draft;
        const problem = aboveClearance([draft.marking], caller.officer) ?? (await unknownAmong(tx, body.recipients));
        if (problem !== null) return problem;
        const record = await issue(draft, signing);
        if (isRefusal(record)) return record;
        gives(body.recipients);
        const desks = [...caller.officer.desks, 'liaison'];
        return give(tx, record, { recipients: body.recipients, desks }, caller, at);
      });
    },

    async answerRequest(input, caller) {
      return write(caller, input, async (tx, at, gives) => {
        const asked = await askedRequest(tx, input.params.id, { self, now: at, role: caller.officer.role, database });
        if (isRefusal(asked)) return asked;
        const [desk = 'liaison'] = caller.officer.desks;
        const made = { id: newRecordId(signing, at), self, desk, language: caller.language, at };
        const draft = answerDraft(input.body, asked, made);
        if (isRefusal(draft)) return draft;
        const record = aboveClearance([draft.marking], caller.officer) ?? (await issue(draft, signing));
        if (isRefusal(record)) return record;
        const about = { id: asked.reference.record, hash: asked.reference.hash };
        const act = `request.answered.${input.body.answer}`;
        await database.unit(tx).appendJournal(journalLine(caller.officer.id, act, about, at));
        gives([asked.reference.origin]);
        return give(tx, record, { recipients: [asked.reference.origin], desks: asked.desks }, caller, at);
      });
    },

    async clarifyRequest(input, caller) {
      return write(caller, input, async (tx, at, gives) => {
        const own = await ownRequest(tx, database.unit(tx), input.params.id, {
          database,
          self,
          now: at,
          role: caller.officer.role,
          signing,
        });
        if (isRefusal(own)) return own;
        const record = await issue(clarifiedDraft(own.record, input.body.text, at), signing);
        if (isRefusal(record)) return record;
        gives(own.recipients);
        return give(tx, record, { ...own, act: 'request.clarified' }, caller, at);
      });
    },
  };
}
