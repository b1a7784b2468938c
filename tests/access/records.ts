/** Records around a few bases, each varied by one thing and by two things at a time. */
import { agreementsOf } from './agreements.ts';
import { days, services } from './names.ts';

/** What is said of a record when it is put into the world; everything else is as in the base. */
export interface RecordOf {
  readonly origin: string;
  readonly kind: string;
  readonly status: 'active' | 'withdrawn' | 'erased';
  readonly purpose: string;
  readonly level: number;
  readonly compartments: readonly string[];
  readonly releasableTo: readonly string[] | null;
  readonly head: 'active' | 'quarantined' | 'equivocal' | null;
  readonly desks: readonly string[];
  readonly releases: readonly { readonly to: string; readonly state: string; readonly purpose: string }[];
  readonly heldBy: readonly string[];
  /** A link of the record: its type and whose record it points at. */
  readonly link: { readonly type: string; readonly origin: string } | null;
  /** A correction row of this record, about a record that this service holds. */
  readonly correctsFor: string | null;
  /** What the origin, or another, permits of this record; `is` puts the permission's own record in its place. */
  readonly permission: PermissionOf | null;
  /** Whether one row of every table that hangs on a record hangs on this one. */
  readonly laden: boolean;
  readonly receivedFrom: string | null;
}
interface PermissionOf {
  readonly is: 'about' | 'itself';
  readonly origin: string;
  readonly use: string;
  readonly decision: string;
  readonly grantee: string;
  readonly onwardTo: string | null;
  readonly validUntil: string | null;
  readonly digests: 'all' | 'none';
}
type Variation = Partial<RecordOf>;

export const plain: RecordOf = {
  origin: services.self,
  kind: 'report',
  status: 'active',
  purpose: 'prevention',
  level: 1,
  compartments: [],
  releasableTo: null,
  head: 'active',
  desks: ['analysis'],
  releases: [],
  heldBy: [],
  link: null,
  correctsFor: null,
  permission: null,
  laden: false,
  receivedFrom: null,
};
const to = (recipient: string, state = 'delivered', purpose = 'prevention') => [{ to: recipient, state, purpose }];
const onward = (of: Partial<PermissionOf> = {}): PermissionOf => ({
  is: 'about',
  origin: services.sahara,
  use: 'onward',
  decision: 'granted',
  grantee: services.self,
  onwardTo: services.meridian,
  validUntil: days.after,
  digests: 'all',
  ...of,
});

const labels: readonly Variation[] = [
  { level: 0 },
  { level: 2 },
  { level: 3 },
  { level: 4 },
  { compartments: ['A'] },
  { compartments: ['B'] },
  { compartments: ['A', 'B'] },
];
const states: readonly Variation[] = [
  { status: 'withdrawn' },
  { status: 'erased' },
  { head: 'quarantined' },
  { head: 'equivocal' },
  { head: null },
  { status: 'withdrawn', head: 'quarantined' },
  { status: 'erased', head: 'quarantined' },
];
const founding: readonly Variation[] = ['service', 'agreement', 'assent', 'permission'].flatMap((kind) => [
  { kind, purpose: 'administration' },
  { kind },
]);

/** The base, each variation of it, and every two of them together. */
function around(base: Variation, variations: readonly Variation[]): RecordOf[] {
  const one = variations.map((variation) => ({ ...plain, ...base, ...variation }));
  const two = variations.flatMap((first, at) =>
    variations.slice(at + 1).map((second) => ({ ...plain, ...base, ...first, ...second })),
  );
  return [{ ...plain, ...base }, ...one, ...two];
}

/** Each base with its variations alone. */
const each = (base: Variation, variations: readonly Variation[]): RecordOf[] =>
  [{}, ...variations].map((variation) => ({ ...plain, ...base, ...variation }));

/** A permission that does not fit, in each of the ways. */
const onwardVariations: readonly Variation[] = [
  { permission: onward({ origin: services.self }) },
  { permission: onward({ grantee: services.unagreed }) },
  { permission: onward({ onwardTo: services.vouched }) },
  { permission: onward({ use: 'judicial', onwardTo: null }) },
  { permission: onward({ decision: 'revoked', validUntil: null }) },
  { permission: onward({ validUntil: days.before }) },
  { permission: onward({ validUntil: days.today }) },
  { permission: onward({ digests: 'none' }) },
  { permission: null },
  // The permission itself goes ahead of what it permits
  { permission: onward({ is: 'itself' }), kind: 'permission' },
  { permission: onward({ is: 'itself', grantee: services.unagreed }), kind: 'permission' },
  { permission: onward({ is: 'itself', onwardTo: services.vouched }), kind: 'permission' },
  { permission: onward({ is: 'itself', origin: services.self }), kind: 'permission' },
];

export function records(): RecordOf[] {
  const { meridian, sahara, unagreed, vouched, revoked, unconfirmed, self, vouchedRevoked, vouchedConfirmed } =
    services;
  return [
    // Officers: label, desk, state, origin
    ...around({ laden: true }, [
      ...labels,
      { head: 'quarantined' },
      { head: 'equivocal' },
      { head: null },
      { desks: [] },
      { desks: ['elsewhere'] },
      { desks: ['elsewhere', 'liaison'] },
      { origin: sahara, receivedFrom: sahara },
    ]),
    // Oversight: whose records
    ...Object.keys(agreementsOf).flatMap((origin) => each({ origin, desks: [] }, [{ level: 4, compartments: ['B'] }])),
    // Partners: our own records
    ...around({ releases: to(meridian) }, [
      ...labels,
      ...states,
      ...founding,
      { purpose: 'administration' },
      { releasableTo: [] },
      { releasableTo: [meridian] },
      { releasableTo: [sahara] },
      { origin: sahara },
      { releases: [] },
      { releases: to(meridian, 'queued') },
      { releases: to(meridian, 'refused') },
      { releases: to(sahara) },
      { releases: to(meridian, 'delivered', 'justice') },
      { heldBy: [meridian] },
    ]),
    ...Object.keys(agreementsOf).flatMap((partner) =>
      each({ releases: to(partner) }, [
        ...labels,
        { releases: to(partner, 'delivered', 'justice') },
        { kind: 'agreement', purpose: 'administration' },
      ]),
    ),
    // What must be told, with nothing agreed
    ...around({ releases: to(unagreed), heldBy: [unagreed], status: 'withdrawn', head: 'quarantined' }, [
      { status: 'active', head: 'active' },
      { status: 'erased' },
      { heldBy: [] },
      { heldBy: [sahara] },
      { releases: [] },
      { releases: to(unagreed, 'refused') },
      { origin: sahara },
      { level: 4 },
      { releasableTo: [] },
    ]),
    ...[revoked, unconfirmed, self, vouched, vouchedRevoked, vouchedConfirmed].flatMap((partner) =>
      each({ releases: to(partner), heldBy: [partner], status: 'withdrawn', head: 'quarantined' }, [
        { origin: sahara },
      ]),
    ),
    ...around({ releases: to(unagreed), kind: 'correction', correctsFor: unagreed }, [
      { correctsFor: sahara },
      { correctsFor: null },
      { releases: [] },
      { origin: sahara },
      { kind: 'report' },
    ]),
    ...[
      { kind: 'correction-answer', type: 'replies-to' },
      { kind: 'permission-request', type: 'about' },
    ].flatMap(({ kind, type }) =>
      around({ releases: to(unagreed), kind, link: { type, origin: unagreed } }, [
        { link: { type: type === 'about' ? 'replies-to' : 'about', origin: unagreed } },
        { link: { type, origin: sahara } },
        { link: null },
        { kind: 'report' },
        { origin: sahara },
      ]),
    ),
    ...[
      onward({ is: 'itself', origin: self, grantee: unagreed, onwardTo: sahara }),
      onward({ is: 'itself', origin: self, grantee: sahara, onwardTo: unagreed }),
      onward({ is: 'itself', origin: sahara, grantee: unagreed, onwardTo: unagreed }),
      onward({ is: 'itself', origin: self, grantee: unagreed, use: 'judicial', onwardTo: null }),
      onward({ is: 'itself', origin: self, grantee: sahara, use: 'judicial', onwardTo: null }),
      onward({ is: 'itself', origin: self, grantee: sahara, onwardTo: sahara }),
    ].flatMap((permission) => each({ releases: to(unagreed), kind: 'permission', permission }, [{ origin: sahara }])),
    // Another's, onward
    ...around({ origin: sahara, releases: to(meridian), permission: onward() }, [
      ...onwardVariations,
      { level: 2 },
      { level: 3 },
      { compartments: ['B'] },
      ...states,
      { origin: self, releasableTo: [sahara] },
      { releases: [] },
      { releases: to(meridian, 'refused') },
      { releases: to(sahara) },
      { releases: to(meridian, 'delivered', 'justice') },
    ]),
    ...[revoked, unconfirmed, self, vouched, vouchedRevoked, unagreed].map((partner) => ({
      ...plain,
      origin: sahara,
      releases: to(partner),
      permission: onward({ onwardTo: partner }),
    })),
    // Our own, by letter
    ...[vouched, vouchedRevoked, vouchedConfirmed, unconfirmed, self].flatMap((partner) =>
      each({ permission: onward({ origin: self, grantee: meridian, onwardTo: partner }) }, [
        { permission: onward({ origin: sahara, grantee: meridian, onwardTo: partner }) },
        { permission: onward({ origin: self, grantee: meridian, onwardTo: sahara }) },
        { permission: onward({ origin: self, grantee: meridian, onwardTo: partner, validUntil: days.before }) },
        { permission: onward({ origin: self, grantee: meridian, onwardTo: partner, validUntil: days.today }) },
        { permission: onward({ origin: self, grantee: meridian, onwardTo: partner, digests: 'none' }) },
        {
          permission: onward({ origin: self, is: 'itself', grantee: meridian, onwardTo: partner }),
          kind: 'permission',
        },
        { permission: null },
        ...states,
        { origin: sahara },
        { level: 4 },
        { heldBy: [partner] },
      ]),
    ),
  ];
}
