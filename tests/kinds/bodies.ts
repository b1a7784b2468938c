/** Bodies of every kind: one good one that fills all fields it can, others that are good too, and what is wrong with some. */
import type { Body } from '#src/kinds/kind.ts';
import { atlas, meridian, sahara } from '#tests/record/drafts.ts';

export const bytes = (length: number) => Buffer.alloc(length, 7).toString('base64url');
const recordId = '01997c1e-8f00-7000-8000-000000000001';
const reference = { origin: atlas.id, record: recordId, revision: 1, hash: bytes(32) };

/** One good body of each kind. */
export const good: { readonly [kind: string]: Body } = {
  report: { reportType: 'lead', urgency: 'immediate', respondBy: '2025-10-01' },
  disposition: { decision: 'no-action', reason: 'لا صلة له بالموضوع' },
  outcome: {
    results: [
      { result: 'arrests', count: 4 },
      { result: 'seizures', count: null },
    ],
  },
  request: {
    urgency: 'immediate',
    urgencyReason: 'سيغادر هذه الليلة',
    respondBy: '2025-10-01T18:00:00Z',
    intendedUse: 'judicial',
    clarification: 1,
  },
  answer: { answer: 'refused', ground: 'ongoing-investigation' },
  agreement: {
    parties: [atlas.id, meridian.id],
    ceiling: 3,
    compartments: ['SAHEL'],
    purposes: ['terrorism-prevention', 'border-security'],
    validFrom: '2025-10-01',
    validUntil: '2026-09-30',
    oversightIncluded: false,
    suite: '647a-0001-0002',
    levelNames: { [atlas.id]: ['عام', 'محدود', 'كتماني', 'سري', 'سري جدا'] },
  },
  assent: { decision: 'end', agreement: reference, reason: 'انتهت الحاجة إليه' },
  correction: {
    change: 'withdrawn',
    ground: 'mistaken-identity',
    explanation: 'شخص آخر يحمل الاسم نفسه',
    respondBy: '2025-10-01',
    record: recordId,
    hash: bytes(32),
  },
  'correction-answer': { answer: 'relied-on', case: '2025/118', stage: 'charge' },
  'permission-request': {
    use: 'onward',
    onwardTo: sahara.id,
    onwardCard: 'tansiq-card:1:x',
    portions: [0, 2],
    reason: 'يعبر الشخص حدودهم',
    until: '2025-12-31',
  },
  permission: {
    use: 'onward',
    decision: 'granted',
    grantee: meridian.id,
    onwardTo: sahara.id,
    record: recordId,
    hash: bytes(32),
    digests: [bytes(32)],
    portions: [0],
    validUntil: '2025-12-31',
    conditions: 'لا يُذكر المصدر',
  },
  service: {
    code: 'atlas',
    names: { ar: 'مديرية أطلس', fr: 'Direction Atlas', en: 'Atlas directorate' },
    url: 'https://atlas.example:8443',
    inceptionKey: bytes(32),
    signingKeys: { [bytes(32)]: bytes(32) },
    sealingKey: { id: bytes(32), suite: '647a-0001-0002', publicKey: bytes(1_216) },
  },
};

const hash = bytes(32);
/** ADM-2: what is within the bounds by a hair, and what is not. */
const edges = {
  days: ['1900-01-01', '2199-12-31'],
  instants: ['1900-01-01T00:00:00Z', '2199-12-31T23:59:59Z'],
  daysBeyond: ['1899-12-31', '2200-01-01', '9999-12-31'],
  instantsBeyond: ['1899-12-31T23:59:59Z', '2200-01-01T00:00:00Z', '9999-12-31T23:59:59Z'],
} as const;
const beyond = (field: string, values: readonly string[]) =>
  values.map((value) => [`${field} beyond its bounds: ${value}`, { [field]: value }] as const);
const about = { record: recordId, hash };

/** Other good ones: what a field allows beside. */
export const alsoGood: { readonly [kind: string]: readonly Body[] } = {
  report: [
    { reportType: 'information', urgency: 'routine' },
    { reportType: 'lead', urgency: 'urgent', respondBy: '2028-02-29' },
    ...edges.days.map((respondBy) => ({ reportType: 'lead', urgency: 'urgent', respondBy })),
  ],
  disposition: [{ decision: 'act' }],
  outcome: [
    { results: [{ result: 'none-yet', count: null }] },
    {
      results: [
        { result: 'charges', count: 100_000 },
        { result: 'arrests', count: 0 },
      ],
    },
  ],
  request: [
    { urgency: 'routine', respondBy: '2025-10-01T00:00:00Z' },
    ...edges.instants.map((respondBy) => ({ urgency: 'routine', respondBy })),
    { ...good.request, clarification: 100 },
  ],
  answer: [
    { answer: 'full' },
    { answer: 'partial', restBy: '2025-12-01' },
    { answer: 'no-information' },
    ...edges.days.map((restBy) => ({ answer: 'partial', restBy })),
  ],
  agreement: [
    { ...good.agreement, ceiling: 0, validFrom: edges.days[0], validUntil: edges.days[1] },
    { ...good.agreement, ceiling: 4 },
  ],
  assent: [
    { decision: 'assent', agreement: reference },
    { decision: 'assent', agreement: { ...reference, revision: 2_147_483_647 } },
  ],
  correction: edges.days.map((respondBy) => ({ ...good.correction, respondBy })),
  'correction-answer': [{ answer: 'erased' }, { answer: 'refused', ground: 'not-held', explanation: 'x' }],
  'permission-request': [
    { use: 'other-purpose', purpose: 'border-security', reason: 'x' },
    ...edges.days.map((until) => ({ ...good['permission-request'], until, portions: [0, 499] })),
  ],
  permission: [
    { use: 'judicial', decision: 'granted', grantee: meridian.id, ...about, validUntil: '2025-12-31' },
    ...edges.days.map((validUntil) => ({ ...good.permission, validUntil })),
    { use: 'publication', decision: 'refused', grantee: meridian.id, ...about, ground: 'source-protection' },
    { use: 'onward', decision: 'revoked', grantee: meridian.id, onwardTo: sahara.id, ...about, ground: 'trust-ended' },
  ],
  service: [{ ...good.service, url: null }],
};

/** What is wrong beyond a member that lacks, is too many or is of another type: a name, and what of the good body changes. */
export const wrong: { readonly [kind: string]: readonly (readonly [string, Body])[] } = {
  report: [
    ['a day that does not exist', { respondBy: '2025-02-29' }],
    ['a year zero', { respondBy: '0000-01-01' }],
    ...beyond('respondBy', edges.daysBeyond),
    ['an urgency in capitals', { urgency: 'Urgent' }],
  ],
  disposition: [['a reason of spaces', { reason: ' \n ' }]],
  outcome: [
    ['nothing', { results: [] }],
    ['none yet, counted', { results: [{ result: 'none-yet', count: 0 }] }],
    [
      'none yet beside arrests',
      {
        results: [
          { result: 'arrests', count: 1 },
          { result: 'none-yet', count: null },
        ],
      },
    ],
    [
      'one result twice',
      {
        results: [
          { result: 'arrests', count: 1 },
          { result: 'arrests', count: 2 },
        ],
      },
    ],
    ['a count below none', { results: [{ result: 'arrests', count: -1 }] }],
    ['a count above 100 000', { results: [{ result: 'arrests', count: 100_001 }] }],
    ['a count that is not whole', { results: [{ result: 'arrests', count: 1.5 }] }],
  ],
  request: [
    ['an hour 24', { respondBy: '2025-10-01T24:00:00Z' }],
    ['an offset', { respondBy: '2025-10-01T18:00:00+00:00' }],
    ['no clarification counted', { clarification: 0 }],
    ['a clarification above the last', { clarification: 101 }],
    ...beyond('respondBy', edges.instantsBeyond),
  ],
  answer: [
    ['a ground with a full answer', { answer: 'full' }],
    ...edges.daysBeyond.map(
      (restBy) => [`a rest by ${restBy}`, { answer: 'partial', ground: undefined, restBy } as never] as const,
    ),
    ['a rest of what was refused', { restBy: '2025-12-01' }],
  ],
  agreement: [
    ['one party twice', { parties: [atlas.id, atlas.id] }],
    ['an end before the beginning', { validUntil: '2025-09-30' }],
    ['a level above the last', { ceiling: 5 }],
    ['a level below the first', { ceiling: -1 }],
    ['an end beyond the bounds', { validUntil: '2200-01-01' }],
    ['a beginning beyond the bounds', { validFrom: '1899-12-31' }],
    ['another suite', { suite: '0020-0001-0001' }],
    ['level names of a third service', { levelNames: { [sahara.id]: ['1', '2', '3', '4', '5'] } }],
    ['four level names', { levelNames: { [atlas.id]: ['1', '2', '3', '4'] } }],
  ],
  assent: [
    ['revision 0', { agreement: { ...reference, revision: 0 } }],
    ['a revision above the last', { agreement: { ...reference, revision: 2_147_483_648 } }],
  ],
  correction: [...beyond('respondBy', edges.daysBeyond), ['a hash with stray bits', { hash: `${'A'.repeat(42)}B` }]],
  'correction-answer': [
    ['a case of what was replaced', { answer: 'replaced' }],
    ['a ground beside a case', { ground: 'not-held' }],
  ],
  'permission-request': [
    ['a destination of a publication', { use: 'publication' }],
    ['a portion above the last', { portions: [500] }],
    ...beyond('until', edges.daysBeyond),
    ['a portion before the first', { portions: [-1] }],
    ['a portion twice', { portions: [1, 1] }],
  ],
  permission: [
    ['onward to whoever is permitted', { onwardTo: meridian.id }],
    ...beyond('validUntil', edges.daysBeyond),
    ['a ground of what is granted', { ground: 'not-necessary' }],
    ['refused with an end', { decision: 'refused' }],
    ['digests of a use in court', { use: 'judicial' }],
  ],
  service: [
    ['an address of a file', { url: 'file:///etc/passwd' }],
    ['a key of 31 bytes', { inceptionKey: bytes(31) }],
    ['no signing key', { signingKeys: {} }],
  ],
};
