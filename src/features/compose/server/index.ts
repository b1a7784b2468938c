import type { Signing } from '#src/engine/deps.ts';
import { issue, keepOwn } from '#src/engine/issue.ts';
import { newRecordId } from '#src/engine/record-id.ts';
import { releaseTo } from '#src/engine/release.ts';
import type { Clock } from '#src/ports/clock.ts';
import type { Database, Tx } from '#src/ports/database.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal, type Refusal } from '#src/protocol/refusal.ts';
import type { Announce, Caller, Handlers } from '../../handlers.ts';
import { once } from '../../idempotency.ts';
import { unknownAmong } from '../../known-partners.ts';
import type { compose, ReportInput } from '../contract.ts';
import { type CitedRecord, citedRecords, inheritanceView } from './cited-records.ts';
import { draftRoutes } from './drafts.ts';
import { previewsOf } from './previews.ts';
import { keptReleaseRoutes } from './release-kept.ts';
import { draftProblem, reportDraft } from './report-draft.ts';
import { undone } from './undone.ts';

export interface ComposeDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly signing: Signing;
  readonly announce: Announce;
  wake(peer: ServiceId): void;
}

export function composeRoutes(deps: ComposeDeps): Handlers<typeof compose> {
  const self = deps.signing.keyring.identity.service;

  /** Signs what the officer wrote; the record is not kept yet. */
  async function sign(input: ReportInput, caller: Caller, at: UnixMs): Promise<VerifiedRecord | Refusal> {
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
    return releaseTo(unit, record, recipients, {
      officer,
      at,
      self,
      randomBytes: deps.signing.randomBytes,
      onFault: deps.signing.onFault,
    });
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
      return undone(deps.database, caller.actor, async (tx) => {
        const unknown = await unknownAmong(tx, body.recipients);
        if (unknown !== null) return unknown;
        const plans = await keepAndRelease(tx, record, body.recipients, caller, at);
        return previewsOf(tx, record, plans);
      });
    },

    previewInheritance({ body }, caller) {
      return deps.database.asActor(caller.actor, async (tx) => {
        const cited = await citedRecords(tx, body.cites, self);
        return isRefusal(cited) ? cited : inheritanceView(tx, cited);
      });
    },

    async createReport(input, caller) {
      const { body } = input;
      const at = deps.clock.now();
      const record = await sign(body, caller, at);
      if (isRefusal(record)) return record;
      const made = await deps.database.asActor(caller.actor, (tx) =>
        once(tx, caller, input, { at, primitives: deps.signing.primitives, database: deps.database }, async () => {
          const unknown = await unknownAmong(tx, body.recipients);
          if (unknown !== null) return unknown;
          const plans = await keepAndRelease(tx, record, body.recipients, caller, at);
          return { record: record.id, hash: record.hash, previews: await previewsOf(tx, record, plans) };
        }),
      );
      if (!isRefusal(made)) sent(body.recipients);
      return made;
    },

    ...keptReleaseRoutes(deps),
  };
}
