import { type Static, Type as T } from 'typebox';
import { messageLimits } from '#src/protocol/exchange/message.ts';
import { closed, Day, define, Fingerprint, Instant, ServiceBrief, Uuid } from '../contract.ts';

export const AgreementView = T.Object(
  {
    record: Uuid,
    hash: T.String(),
    title: T.String(),
    ceiling: T.Integer(),
    compartments: T.Array(T.String()),
    purposes: T.Array(T.String()),
    validFrom: Day,
    validUntil: Day,
    oversightIncluded: T.Boolean(),
    ourAssentAt: T.Union([Instant, T.Null()]),
    theirAssentAt: T.Union([Instant, T.Null()]),
    endedAt: T.Union([Instant, T.Null()]),
    inForce: T.Boolean(),
  },
  closed,
);
export type AgreementView = Static<typeof AgreementView>;

export const PartnerView = T.Object(
  {
    service: ServiceBrief,
    url: T.Union([T.String(), T.Null()]),
    /** The fingerprint in eight groups of four digits, to be read out by voice. */
    spoken: T.String(),
    confirmedAt: T.Union([Instant, T.Null()]),
    /** KEY-2: known only from this service, which passed on its card with a record; nobody has compared its fingerprint. */
    vouchedBy: T.Union([ServiceBrief, T.Null()]),
    /** Other services, ourselves among them, whose name looks like this one's: the fingerprint tells which it is. */
    resembles: T.Array(ServiceBrief),
    revokedAt: T.Union([Instant, T.Null()]),
    agreements: T.Array(AgreementView),
    link: T.Object(
      {
        status: T.String(),
        stoppedBy: T.Union([T.Null(), T.String()]),
        waiting: T.Integer(),
        unreceipted: T.Integer(),
        sentThrough: T.Integer(),
        receivedThrough: T.Integer(),
        lastContactAt: T.Union([Instant, T.Null()]),
        lastFailureAt: T.Union([Instant, T.Null()]),
        nextAttemptAt: T.Union([Instant, T.Null()]),
        /** EXC-6: by how much its clock is ahead of ours, below zero behind; null where it is within five minutes, or never said. */
        clockAheadMs: T.Union([T.Null(), T.Number()]),
        refusals: T.Array(T.Object({ code: T.String(), at: Instant }, closed)),
      },
      closed,
    ),
    /** As far as the reader sees it; null for who reads no content (ACC-22), since a count of nothing would be false. */
    exchanged: T.Union([T.Null(), T.Object({ given: T.Integer(), received: T.Integer() }, closed)]),
    /** `confirm`, `propose-agreement`, `resume-link`, `revoke`. */
    allowed: T.Array(T.String()),
  },
  closed,
);
export type PartnerView = Static<typeof PartnerView>;

const byId = T.Object({ id: Fingerprint }, closed);

export const partners = define({
  ownCard: {
    method: 'GET',
    path: '/api/card',
    summary: 'Our own service card, to give to a partner, and our fingerprint to read out',
    reply: T.Object(
      { card: T.String(), service: ServiceBrief, url: T.Union([T.String(), T.Null()]), spoken: T.String() },
      closed,
    ),
  },
  listPartners: { method: 'GET', path: '/api/partners', summary: 'All partners', reply: T.Array(PartnerView) },
  getPartner: { method: 'GET', path: '/api/partners/:id', summary: 'One partner', params: byId, reply: PartnerView },
  addPartner: {
    method: 'POST',
    path: '/api/partners',
    needs: 'add-partner',
    summary: 'Add a partner from its service card (administrator); nothing passes before its fingerprint is confirmed',
    body: T.Object({ card: T.String({ minLength: 1, maxLength: messageLimits.cardCharactersMax }) }, closed),
    reply: PartnerView,
  },
  confirmPartner: {
    method: 'POST',
    path: '/api/partners/:id/confirm',
    needs: 'confirm-partner',
    summary: 'The partner read out this fingerprint by voice',
    params: byId,
    body: T.Object({ spoken: T.String({ minLength: 1, maxLength: 120 }) }, closed),
    reply: PartnerView,
  },
  proposeAgreement: {
    method: 'POST',
    path: '/api/partners/:id/agreements',
    needs: 'agree',
    summary: 'Sign an agreement and send it for the partner’s assent (director)',
    params: byId,
    body: T.Object(
      {
        title: T.String({ minLength: 1, maxLength: 300 }),
        language: T.Union([T.Literal('ar'), T.Literal('fr'), T.Literal('en')]),
        text: T.String({ minLength: 1, maxLength: 20_000 }),
        ceiling: T.Integer({ minimum: 0, maximum: 4 }),
        compartments: T.Array(T.String({ minLength: 1, maxLength: 40 }), { maxItems: 16 }),
        purposes: T.Array(
          T.Union([
            T.Literal('terrorism-prevention'),
            T.Literal('terrorism-investigation'),
            T.Literal('organised-crime'),
            T.Literal('border-security'),
          ]),
          { minItems: 1, maxItems: 4 },
        ),
        validFrom: Day,
        validUntil: Day,
        oversightIncluded: T.Boolean(),
        legalBasis: T.String({ minLength: 1, maxLength: 200 }),
      },
      closed,
    ),
    reply: PartnerView,
  },
  assentAgreement: {
    method: 'POST',
    path: '/api/agreements/:id/assent',
    needs: 'agree',
    act: 'assent',
    summary: 'Assent to exactly this revision of an agreement (director)',
    params: T.Object({ id: Uuid }, closed),
    body: T.Object({ hash: T.String({ maxLength: 64 }) }, closed),
    reply: PartnerView,
  },
  endAgreement: {
    method: 'POST',
    path: '/api/agreements/:id/end',
    needs: 'agree',
    act: 'end-agreement',
    summary: 'End an agreement alone, at once (director)',
    params: T.Object({ id: Uuid }, closed),
    body: T.Object({ reason: T.String({ minLength: 1, maxLength: 2_000 }) }, closed),
    reply: PartnerView,
  },
});
