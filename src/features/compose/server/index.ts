import type { Signing } from '#src/engine/deps.ts';
import { issue, keepOwn } from '#src/engine/issue.ts';
import { newRecordId } from '#src/engine/record-id.ts';
import { releaseTo } from '#src/engine/release.ts';
import { storedKeyOf } from '#src/engine/stored-keys.ts';
import type { Clock } from '#src/ports/clock.ts';
import type { Database, Tx } from '#src/ports/database.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { verifyRecord } from '#src/protocol/record/verify.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import { may } from '../../abilities.ts';
import type { Announce, Caller, Handlers } from '../../handlers.ts';
import { once } from '../../idempotency.ts';
import { unknownAmong } from '../../known-partners.ts';
import type { compose, ReportInput } from '../contract.ts';
import { type CitedRecord, citedRecords, inheritanceView } from './cited-records.ts';
import { draftRoutes } from './drafts.ts';
import { previewsOf } from './previews.ts';
import { draftProblem, reportDraft } from './report-draft.ts';

export interface ComposeDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly signing: Signing;
  readonly announce: Announce;
  wake(peer: ServiceId): void;
}

/** Carries a result out of a transaction that must leave nothing behind. */
class Undo<T> extends Error {
  readonly result: T;
  constructor(result: T) {
    super('undone on purpose');
    this.result = result;
  }
}

export function composeRoutes(deps: ComposeDeps): Handlers<typeof compose> {
  const self = deps.signing.keyring.identity.service;

  /** Signs what the officer wrote; the record is not kept yet. */
  async function sign(input: ReportInput, caller: Caller, at: UnixMs): Promise<VerifiedRecord | Refusal> {
    if (!may(caller.officer.role, 'compose')) return refuse('not-allowed');
    const cited = await citedBy(input.cites ?? [], caller);
    if (isRefusal(cited)) return cited;
    const id = newRecordId(deps.signing, at);
    const draft = reportDraft(input, cited, { id, origin: self, desk: caller.officer.desks[0] ?? 'liaison', at });
    if (isRefusal(draft)) return draft;
    return draftProblem(draft, caller.officer, at) ?? (await issue(draft, deps.signing));
  }

  async function citedBy(ids: readonly string[], caller: Caller): Promise<readonly CitedRecord[] | Refusal> {
    if (ids.length === 0) return [];
    return deps.database.asActor(caller.actor, (tx) => citedRecords(tx, ids, self));
  }

  async function keepAndRelease(
    tx: Tx,
    record: VerifiedRecord,
    recipients: readonly ServiceId[],
    caller: Caller,
    at: UnixMs,
  ) {
    const unit = deps.database.unit(tx);
    const officer = caller.officer.id;
    await keepOwn(unit, record, { officer, desks: [...caller.officer.desks, 'liaison'], at });
    return releaseTo(unit, record, recipients, { officer, at, self, randomBytes: deps.signing.randomBytes });
  }

  function sent(recipients: readonly ServiceId[]): void {
    for (const recipient of recipients) deps.wake(recipient);
    deps.announce('records');
    deps.announce('inbox');
  }

  return {
    ...draftRoutes(deps),

    async previewRelease({ body }, caller) {
      const at = deps.clock.now();
      const record = await sign(body, caller, at);
      if (isRefusal(record)) return record;
      // The preview is the release itself, under the same policies, taken back: nothing can differ from what will be sent.
      try {
        await deps.database.asActor(caller.actor, async (tx) => {
          const unknown = await unknownAmong(tx, body.recipients);
          if (unknown !== null) throw new Undo(unknown);
          const plans = await keepAndRelease(tx, record, body.recipients, caller, at);
          throw new Undo(await previewsOf(tx, record, plans));
        });
      } catch (undone) {
        if (undone instanceof Undo) return undone.result;
        throw undone;
      }
      throw new Error('a preview must never be kept');
    },

    previewInheritance({ body }, caller) {
      return deps.database.asActor(caller.actor, async (tx) => {
        if (!may(caller.officer.role, 'compose')) return refuse('not-allowed');
        const cited = await citedRecords(tx, body.cites, self);
        return isRefusal(cited) ? cited : inheritanceView(tx, cited);
      });
    },

    async createReport({ body }, caller) {
      const at = deps.clock.now();
      const record = await sign(body, caller, at);
      if (isRefusal(record)) return record;
      const request = { operation: 'createReport', input: body };
      const made = await deps.database.asActor(caller.actor, (tx) =>
        once(tx, caller, request, { at, primitives: deps.signing.primitives }, async () => {
          const unknown = await unknownAmong(tx, body.recipients);
          if (unknown !== null) return unknown;
          const plans = await keepAndRelease(tx, record, body.recipients, caller, at);
          return { record: record.id, hash: record.hash, previews: await previewsOf(tx, record, plans) };
        }),
      );
      if (!isRefusal(made)) sent(body.recipients);
      return made;
    },

    async releaseRecord({ params, body }, caller) {
      if (!may(caller.officer.role, 'release')) return refuse('not-allowed');
      const at = deps.clock.now();
      const made = await deps.database.asActor(caller.actor, (tx) =>
        once(
          tx,
          caller,
          { operation: 'releaseRecord', input: { params, body } },
          { at, primitives: deps.signing.primitives },
          async () => {
            const unit = deps.database.unit(tx);
            const head = await unit.head(params.id);
            const sdJwt = head && (await unit.sdJwt(head.hash));
            if (!head || !sdJwt) return refuse('not-found');
            // REL-3: what another service originated goes onward only with its permission.
            if (head.origin !== self) return refuse('onward-not-permitted');
            const unknown = await unknownAmong(tx, body.recipients);
            if (unknown !== null) return unknown;
            const record = verifyRecord(sdJwt, await storedKeyOf(unit, self), deps.signing.primitives);
            if (isRefusal(record)) throw new Error(`a kept record of our own does not verify: ${record.code}`);
            const asked = { officer: caller.officer.id, at, self, randomBytes: deps.signing.randomBytes };
            const already = await releasedAlready(tx, record.hash);
            const fresh = body.recipients.filter((recipient) => !already.has(recipient));
            const plans = await releaseTo(unit, record, fresh, asked);
            return { previews: await previewsOf(tx, record, plans) };
          },
        ),
      );
      if (!isRefusal(made)) sent(body.recipients);
      return made;
    },
  };
}

/** REL-2: what was refused may be asked for again. */
async function releasedAlready(tx: Tx, hash: string): Promise<ReadonlySet<ServiceId>> {
  const rows = await tx
    .selectFrom('release')
    .select('recipient')
    .where('hash', '=', hash)
    .where('state', '<>', 'refused')
    .execute();
  return new Set(rows.map((row) => row.recipient));
}
