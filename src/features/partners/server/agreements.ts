import type { Signing } from '#src/engine/deps.ts';
import { issue, keepOwn } from '#src/engine/issue.ts';
import { newRecordId } from '#src/engine/record-id.ts';
import { releaseTo } from '#src/engine/release.ts';
import { dayOf, daysAfter } from '#src/engine/today.ts';
import { agreementAfter } from '#src/engine/trust.ts';
import { assentWords } from '#src/kinds/assent/captions.ts';
import type { Database, Tx } from '#src/ports/database.ts';
import type { StoredAgreement } from '#src/ports/store.ts';
import { sealingSuite } from '#src/protocol/exchange/state.ts';
import type { Json, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { RecordDraft, RecordReference } from '#src/protocol/record/record.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Caller, Handlers } from '../../handlers.ts';
import { refusedPartnerAct } from '../../partner-acts.ts';
import type { PartnerView, partners } from '../contract.ts';

interface AgreementDeps {
  readonly database: Database;
  readonly signing: Signing;
  readonly self: ServiceId;
  change(
    caller: Caller,
    input: { readonly params: { readonly id: string } },
    work: (tx: Tx, at: UnixMs) => Promise<ServiceId | Refusal>,
  ): Promise<PartnerView | Refusal>;
}

type AgreementRoutes = Pick<Handlers<typeof partners>, 'proposeAgreement' | 'assentAgreement' | 'endAgreement'>;

/** Where agreements are worked on: those who sign them, and those who work under them. */
const desks = ['direction', 'liaison'];

/** Whom it concerns is not secret; it founds trust and carries no personal data. */
const openMarking = { level: 0, compartments: [], handling: [], releasableTo: 'any' } as const;

type Content = Pick<RecordDraft, 'kind' | 'language' | 'legalBasis' | 'reviewBy' | 'title' | 'portions' | 'links'> & {
  readonly body: { readonly [field: string]: Json };
};

export function agreementRoutes(deps: AgreementDeps): AgreementRoutes {
  /** Signs, keeps, applies and sends one record that founds or ends trust. */
  async function give(
    tx: Tx,
    content: Content,
    partner: ServiceId,
    caller: Caller,
    at: UnixMs,
  ): Promise<RecordReference | Refusal> {
    const record = await issue(
      {
        ...content,
        id: newRecordId(deps.signing, at),
        revision: 1,
        previous: null,
        status: 'active',
        origin: deps.self,
        createdAt: Math.floor(at / 1_000),
        purpose: 'administration',
        marking: openMarking,
        desk: 'direction',
        cites: [],
      },
      deps.signing,
    );
    if (isRefusal(record)) return record;
    const unit = deps.database.unit(tx);
    const officer = caller.officer.id;
    const agreement = await agreementAfter(unit, record, true, deps.self, at);
    if (isRefusal(agreement)) return agreement;
    await keepOwn(unit, record, { officer, desks, at });
    // The table of terms is the node's own: officers change it only through signed records.
    if (agreement) {
      await deps.database.switchActor(tx, { kind: 'node' }, caller.actor, () => unit.putAgreement(agreement));
    }
    await releaseTo(unit, record, [partner], {
      officer,
      at,
      self: deps.self,
      randomBytes: deps.signing.randomBytes,
      onFault: deps.signing.onFault,
    });
    return { origin: deps.self, record: record.id, revision: record.revision, hash: record.hash };
  }

  function answer(
    tx: Tx,
    said: { decision: 'assent' | 'end'; reason?: string },
    to: { agreement: StoredAgreement; reference: RecordReference; legalBasis: string },
    caller: Caller,
    at: UnixMs,
  ): Promise<RecordReference | Refusal> {
    const content: Content = {
      kind: 'assent',
      language: caller.language,
      legalBasis: to.legalBasis,
      reviewBy: daysAfter(dayOf(at), 3 * 365),
      title: assentWords.caption[caller.language],
      portions: [],
      body: { ...said, agreement: { ...to.reference } },
      links: [{ ...to.reference, type: 'about' }],
    };
    return give(tx, content, to.agreement.partner, caller, at);
  }

  async function answerable(tx: Tx, id: string) {
    const unit = deps.database.unit(tx);
    const agreement = await unit.agreement(id);
    const row = await tx
      .selectFrom('record_head as head')
      .innerJoin('record_revision as revision', 'revision.hash', 'head.hash')
      .select(['revision.origin', 'revision.revision', 'revision.hash', 'revision.legal_basis'])
      .where('head.record_id', '=', id)
      .executeTakeFirst();
    if (!agreement || !row || agreement.endedAt !== null) return refuse('not-found');
    const reference = { origin: row.origin, record: id, revision: row.revision, hash: row.hash };
    return { agreement, reference, legalBasis: row.legal_basis };
  }

  return {
    proposeAgreement(input, caller) {
      const { params, body } = input;
      return deps.change(caller, input, async (tx, at) => {
        const refused = await refusedPartnerAct(tx, 'propose-agreement', params.id, caller.officer.role);
        if (refused !== null) return refused;
        if (body.validUntil <= body.validFrom) return refuse('input-invalid', { at: '/validUntil' });
        const { title, language, text, legalBasis, ...terms } = body;
        const content: Content = {
          kind: 'agreement',
          language,
          legalBasis,
          reviewBy: daysAfter(dayOf(at), 3 * 365),
          title,
          portions: [{ text, nature: 'fact', marking: openMarking }],
          body: { ...terms, parties: [deps.self, params.id].sort(), suite: sealingSuite },
          links: [],
        };
        const reference = await give(tx, content, params.id, caller, at);
        if (isRefusal(reference)) return reference;
        // REC-5: each party assents to the revision, its author too.
        const proposed = await answerable(tx, reference.record);
        if (isRefusal(proposed)) throw new Error('an agreement that was just kept cannot be answered');
        const assent = await answer(tx, { decision: 'assent' }, proposed, caller, at);
        return isRefusal(assent) ? assent : params.id;
      });
    },

    assentAgreement(input, caller) {
      const { params, body } = input;
      return deps.change(caller, input, async (tx, at) => {
        const to = await answerable(tx, params.id);
        if (isRefusal(to)) return to;
        if (to.agreement.hash !== body.hash) return refuse('assent-hash-mismatch', { at: '/hash' });
        const assent = await answer(tx, { decision: 'assent' }, to, caller, at);
        return isRefusal(assent) ? assent : to.agreement.partner;
      });
    },

    endAgreement(input, caller) {
      const { params, body } = input;
      return deps.change(caller, input, async (tx, at) => {
        const to = await answerable(tx, params.id);
        if (isRefusal(to)) return to;
        const end = await answer(tx, { decision: 'end', reason: body.reason }, to, caller, at);
        return isRefusal(end) ? end : to.agreement.partner;
      });
    },
  };
}
