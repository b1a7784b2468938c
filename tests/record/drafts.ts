import fc from 'fast-check';
import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import type { Handling, Level, Marking } from '#src/protocol/marking/marking.ts';
import { handlingCodes, levels, papLabels, tlpLabels } from '#src/protocol/marking/marking.ts';
import { type Json, languages, type RecordId } from '#src/protocol/primitives.ts';
import {
  informationCredibilities,
  linkTypes,
  portionNatures,
  purposes,
  type RecordDraft,
  recordStatuses,
  sourceReliabilities,
} from '#src/protocol/record/record.ts';
import { recordIdOf } from '#src/protocol/record/record-id.ts';
import { unfitAt } from '#src/protocol/text.ts';
import { type Party, party } from './parties.ts';

export const atlas = party('atlas');
export const meridian = party('meridian');
export const sahara = party('sahara');
export const services = [atlas.id, meridian.id, sahara.id] as const;

export const openMarking: Marking = { level: 0, compartments: [], handling: [], releasableTo: 'any' };

/** REC-1: the `nth` id of a service's records, the same in every run. */
export function testRecordId(of: Pick<Party, 'id'>, nth = 1): RecordId {
  return recordIdOf(of.id, 1_758_700_000_000 + nth, new Uint8Array(4), nodePrimitives);
}

/** A lead of two portions, the second secret. */
export function draftOf(by: Party, change: Partial<RecordDraft> = {}): RecordDraft {
  const marking: Marking = {
    level: 2,
    compartments: ['SAHEL'],
    handling: [{ code: 'H1', originator: by.id }],
    releasableTo: 'any',
    tlp: 'amber',
  };
  return {
    id: testRecordId(by),
    kind: 'report',
    revision: 1,
    previous: null,
    status: 'active',
    origin: by.id,
    language: 'ar',
    createdAt: 1_758_700_000,
    grading: { source: 'B', information: '2' },
    purpose: 'terrorism-prevention',
    legalBasis: 'القانون 12-34، المادة 5',
    reviewBy: '2026-09-24',
    marking,
    title: 'شخص يستعد للسفر',
    desk: 'analysis',
    portions: [
      { text: 'شوهد في المدينة الحدودية.', nature: 'fact', marking },
      { text: 'يُرجَّح أنه على صلة بآخرين.', nature: 'assessment', marking: { ...marking, level: 3 } },
    ],
    body: { reportType: 'lead', urgency: 'urgent', respondBy: null },
    cites: [],
    links: [],
    ...change,
  };
}

/** What may stand in a record's texts: any characters that TXT-1 to TXT-3 let stand, emoji and accents too. */
const text = (maxLength: number) =>
  fc
    .string({ unit: 'grapheme', maxLength: maxLength - 1 })
    .map((value) => `ب${value}`)
    .filter((value) => unfitAt(value, 'line') === null);

const handling: fc.Arbitrary<Handling> = fc.oneof(
  fc.record({ code: fc.constantFrom(...handlingCodes), originator: fc.constantFrom(...services) }),
  fc.record({ code: fc.constant('H3' as const), originator: fc.constantFrom(...services), note: text(20) }),
);

export const markings: fc.Arbitrary<Marking> = fc.record(
  {
    level: fc.constantFrom<Level>(...levels),
    compartments: fc.array(fc.constantFrom('SAHEL', 'ATLANTIC', 'دائرة', 'z'), { maxLength: 4 }),
    handling: fc.array(handling, { maxLength: 3 }),
    releasableTo: fc.oneof(fc.constant('any' as const), fc.subarray([...services])),
    tlp: fc.constantFrom(...tlpLabels),
    pap: fc.constantFrom(...papLabels),
  },
  { requiredKeys: ['level', 'compartments', 'handling', 'releasableTo'] },
);

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((b) => Buffer.from(b).toString('base64url'));
const recordId = fc
  .tuple(fc.nat(), fc.uint8Array({ minLength: 4, maxLength: 4 }))
  .map(([at, random]) => recordIdOf(atlas.id, 1_758_700_000_000 + at, random, nodePrimitives));
const reference = fc
  .record({
    of: fc.constantFrom(atlas, meridian, sahara),
    nth: fc.nat(),
    revision: fc.integer({ min: 1, max: 9 }),
    hash,
  })
  .map(({ of, nth, ...rest }) => ({ origin: of.id, record: testRecordId(of, nth), ...rest }));

const plainJson = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    text(12),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), tie('value'), { maxKeys: 3 }),
  ),
})).value;

/** Any record that its author may write. */
export const drafts: fc.Arbitrary<RecordDraft> = fc
  .record({
    id: recordId,
    kind: fc.constantFrom('report', 'outcome'),
    revision: fc.integer({ min: 1, max: 3 }),
    before: hash,
    status: fc.constantFrom(...recordStatuses),
    language: fc.constantFrom(...languages),
    createdAt: fc.integer({ min: 1_600_000_000, max: 1_900_000_000 }),
    grading: fc.option(
      fc.record({
        source: fc.constantFrom(...sourceReliabilities),
        information: fc.constantFrom(...informationCredibilities),
      }),
    ),
    purpose: fc.constantFrom(...purposes),
    legalBasis: text(15),
    reviewDays: fc.integer({ min: 0, max: 1_000 }),
    marking: markings,
    title: text(15),
    desk: fc.constantFrom('liaison', 'analysis'),
    portions: fc.array(fc.record({ text: text(80), nature: fc.constantFrom(...portionNatures), marking: markings }), {
      maxLength: 10,
    }),
    body: fc.dictionary(fc.stringMatching(/^[a-z][A-Za-z0-9]{0,8}$/), plainJson, { maxKeys: 10 }),
    cites: fc.uniqueArray(reference, { selector: (cite) => cite.hash, maxLength: 3 }),
    links: fc.uniqueArray(
      fc.tuple(reference, fc.constantFrom(...linkTypes)).map(([to, type]) => {
        // What takes another's place, or is part of it, is its origin's own.
        const isOfOwn = type === 'supersedes' || type === 'part-of';
        return { ...to, ...(isOfOwn && { origin: atlas.id, record: testRecordId(atlas) }), type };
      }),
      { selector: (link) => link.hash, maxLength: 3 },
    ),
  })
  .map(({ before, grading, reviewDays, ...rest }) => ({
    ...rest,
    origin: atlas.id,
    previous: rest.revision === 1 ? null : before,
    ...(grading && { grading }),
    reviewBy: new Date((rest.createdAt + reviewDays * 86_400) * 1_000).toISOString().slice(0, 10),
  }));
