import { type Static, Type as T } from 'typebox';
import { recordLimits } from '#src/protocol/record/record.ts';
import {
  closed,
  Day,
  define,
  Fingerprint,
  GradingInput,
  Instant,
  MarkingInput,
  MarkingView,
  ServiceBrief,
  Uuid,
} from '../contract.ts';

export const reportTypes = ['lead', 'information'] as const;
export const urgencies = ['routine', 'urgent', 'immediate'] as const;

export const ReportInput = T.Object(
  {
    language: T.Union([T.Literal('ar'), T.Literal('fr'), T.Literal('en')]),
    title: T.String({ minLength: 1, maxLength: recordLimits.titleCharactersMax }),
    reportType: T.Enum(reportTypes),
    urgency: T.Enum(urgencies),
    respondBy: T.Union([T.Null(), Day]),
    grading: GradingInput,
    marking: MarkingInput,
    purpose: T.Union([
      T.Literal('terrorism-prevention'),
      T.Literal('terrorism-investigation'),
      T.Literal('organised-crime'),
      T.Literal('border-security'),
    ]),
    legalBasis: T.String({ minLength: 1, maxLength: recordLimits.legalBasisCharactersMax }),
    reviewBy: Day,
    portions: T.Array(
      T.Object(
        {
          text: T.String({ minLength: 1, maxLength: recordLimits.portionCharactersMax }),
          nature: T.Union([T.Literal('fact'), T.Literal('assessment')]),
          /** null: the record's own marking */
          marking: T.Union([T.Null(), MarkingInput]),
        },
        closed,
      ),
      { minItems: 1, maxItems: recordLimits.portionsMax },
    ),
    recipients: T.Array(Fingerprint, { maxItems: 64 }),
    /** MRK-1: what it draws on, each in the revision that counts now. The report may not be marked below it. */
    cites: T.Optional(T.Array(Uuid, { maxItems: recordLimits.citesMax, uniqueItems: true })),
  },
  closed,
);
export type ReportInput = Static<typeof ReportInput>;

export const ReleaseInput = T.Object(
  {
    recipients: T.Array(Fingerprint, { minItems: 1, maxItems: 64 }),
    /** REL-2: portions of an own record, by index, that none of these recipients gets, though each might. */
    holdBack: T.Optional(T.Array(T.Integer({ minimum: 0 }), { maxItems: recordLimits.portionsMax, uniqueItems: true })),
  },
  closed,
);
export type ReleaseInput = Static<typeof ReleaseInput>;

/** What one partner would get, before anything is sent. */
export const ReleasePreview = T.Object(
  {
    recipient: ServiceBrief,
    /** Indexes of the portions that it would see; empty with a refusal. */
    portions: T.Array(T.Integer()),
    withheld: T.Array(T.Object({ portion: T.Integer(), code: T.String(), rule: T.String() }, closed)),
    refusal: T.Union([T.Null(), T.Object({ code: T.String(), rule: T.String() }, closed)]),
  },
  closed,
);
export type ReleasePreview = Static<typeof ReleasePreview>;

/** MRK-1: what a report that cites these must at least be marked, and which of them demands what. */
export const InheritanceView = T.Object(
  {
    /**
     * Level, compartments, releasable-to, TLP and PAP are the author's to set, at least so high; the handling codes go with
     * the report by themselves, each with its originator.
     */
    marking: MarkingView,
    cites: T.Array(
      T.Object(
        {
          record: Uuid,
          revision: T.Integer(),
          kind: T.String(),
          title: T.String(),
          language: T.String(),
          origin: ServiceBrief,
          createdAt: Instant,
          marking: MarkingView,
        },
        closed,
      ),
    ),
  },
  closed,
);
export type InheritanceView = Static<typeof InheritanceView>;

export const DraftView = T.Object({ id: Uuid, version: T.Integer(), updatedAt: Instant, content: T.Unknown() }, closed);
export type DraftView = Static<typeof DraftView>;

export const compose = define({
  previewRelease: {
    method: 'POST',
    path: '/api/reports/preview',
    needs: 'compose',
    summary: 'What each partner would get of this report, and why not more',
    body: ReportInput,
    reply: T.Array(ReleasePreview),
  },
  createReport: {
    method: 'POST',
    path: '/api/reports',
    needs: 'compose',
    summary: 'Sign a report and release it to its recipients. Idempotent by the `Idempotency-Key` header.',
    body: ReportInput,
    reply: T.Object({ record: Uuid, hash: T.String(), previews: T.Array(ReleasePreview) }, closed),
  },
  previewInheritance: {
    method: 'POST',
    path: '/api/reports/inheritance',
    needs: 'compose',
    summary: 'What a report that draws on these records must at least be marked (MRK-1)',
    body: T.Object({ cites: T.Array(Uuid, { maxItems: recordLimits.citesMax, uniqueItems: true }) }, closed),
    reply: InheritanceView,
  },
  releaseRecord: {
    method: 'POST',
    path: '/api/records/:id/releases',
    needs: 'release',
    act: 'release',
    summary: 'Release a record to further partners: an own one, or another service’s as its origin permits (REL-3)',
    params: T.Object({ id: Uuid }, closed),
    body: ReleaseInput,
    reply: T.Object({ previews: T.Array(ReleasePreview) }, closed),
  },
  previewRecordRelease: {
    method: 'POST',
    path: '/api/records/:id/releases/preview',
    needs: 'release',
    act: 'release',
    summary:
      'What each partner would get of a kept record, and why not more; of another’s, under its origin’s permission',
    params: T.Object({ id: Uuid }, closed),
    body: ReleaseInput,
    reply: T.Array(ReleasePreview),
  },
  listDrafts: { method: 'GET', path: '/api/drafts', summary: 'Own drafts, newest first', reply: T.Array(DraftView) },
  saveDraft: {
    method: 'PUT',
    path: '/api/drafts/:id',
    needs: 'compose',
    summary: 'Keep a draft; `version` is the one that was read (0 for a new draft), else `edit-conflict`',
    params: T.Object({ id: Uuid }, closed),
    body: T.Object({ version: T.Integer({ minimum: 0 }), content: T.Unknown() }, closed),
    reply: DraftView,
  },
  deleteDraft: {
    method: 'DELETE',
    path: '/api/drafts/:id',
    summary: 'Throw a draft away',
    params: T.Object({ id: Uuid }, closed),
    reply: T.Object({}, closed),
  },
});
