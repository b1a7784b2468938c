/** Vectors of corrections, answers, bare revisions and what goes onward again, for whoever writes a second implementation. */
import { kindOf } from '#src/kinds/index.ts';
import { admitRecord, problemOfForm } from '#src/protocol/admission/admit-record.ts';
import { answerClaims, correctionClaims, problemOfAnswer } from '#src/protocol/correction/claims.ts';
import { correctionDraft, referenceTo } from '#src/protocol/correction/next-revision.ts';
import { digestsWith, portionsAgain } from '#src/protocol/correction/portions-again.ts';
import { problemOfCorrection } from '#src/protocol/correction/problem-of-correction.ts';
import { type CorrectionChange, correctionAnswers, correctionChanges } from '#src/protocol/correction/words.ts';
import type { Marking } from '#src/protocol/marking/marking.ts';
import { heldOf } from '#src/protocol/record/held.ts';
import type { RecordDraft, RecordLink, VerifiedRecord } from '#src/protocol/record/record.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { atlas, draftOf, meridian, openMarking, testRecordId } from './drafts.ts';
import { draftOfKind } from './drafts-of-kinds.ts';
import { issueAs, type Party } from './parties.ts';
import { takenBackOf } from './taken-back.ts';

const plain = { ...openMarking, level: 1 as const };
const secret: Marking = { ...plain, level: 3 };
const portion = (text: string, marking: Marking = plain) => ({ text, nature: 'fact' as const, marking });
const first = issueAs(
  atlas,
  draftOf(atlas, { marking: plain, portions: [portion('أول'), portion('ثان', secret), portion('ثالث')] }),
  'correction vectors 1',
);
const second = issueAs(
  atlas,
  draftOf(atlas, {
    marking: plain,
    revision: 2,
    previous: first.hash,
    title: 'عنوان مصحح',
    portions: [portion('أول مصحح'), portion('ثان مفتوح الآن'), portion('ثالث صار سريا', secret), portion('رابع')],
  }),
  'correction vectors 2',
);
const withdrawal = issueAs(atlas, takenBackOf(second, 'withdrawn'), 'correction vectors 3');
const noted = [{ code: 'H3' as const, originator: atlas.id, note: 'كل ما قيل' }];
const link = (type: RecordLink['type'], { origin, id, revision, hash }: VerifiedRecord): RecordLink => {
  return { type, origin, record: id, revision, hash };
};

export function correctionVectors() {
  const keys = [atlas, meridian].map(({ id, keyId, publicKey }) => {
    return { service: id, keyId, publicKey: Buffer.from(publicKey).toString('base64url') };
  });
  return {
    keys,
    revisions: revisions(),
    corrections: corrections(),
    answers: answers(),
    again: again(),
    arriving: arriving(),
  };
}

function revisions() {
  const chain = [first, second, withdrawal].map(({ jwt, hash, id, revision, previous, status }) => ({
    jwt,
    is: { hash, id, revision, previous, status },
  }));
  return { about: 'REC-4: the bare JWS of three revisions of one record, and what each says of its place.', chain };
}

const why = { ground: 'mistaken-identity', explanation: 'شخص آخر يحمل الاسم نفسه', respondBy: '2025-10-10' } as const;

function corrections() {
  const draft = correctionDraft({ before: first, after: second }, 'corrected', why, {
    id: testRecordId(atlas, 50),
    language: 'ar',
    title: 'صُحّح السجل',
    desk: 'liaison',
    at: 1_758_800_000,
    reviewBy: '2026-09-24',
  });
  const read = (name: string, change: Partial<RecordDraft> = {}) => {
    const record = issueAs(atlas, { ...draft, ...change }, name);
    const kind = kindOf('correction');
    const claims = kind ? (problemOfForm(record, kind) ?? correctionClaims(record)) : null;
    const outcome = isRefusal(claims) ? { refusal: claims.code } : { claims };
    return { name, sdJwt: serialiseRecord(record), ...outcome };
  };
  const cases = [
    read('a correction'),
    read('a withdrawal', {
      body: { ...draft.body, change: 'withdrawn', hash: withdrawal.hash },
      links: [link('about', withdrawal), link('supersedes', second)],
    }),
    read('another hash in the body than in the link', { body: { ...draft.body, hash: first.hash } }),
    read('an older revision in the place of a newer one', {
      links: [link('about', first), link('supersedes', second)],
    }),
    read('two revisions that it supersedes', { links: [...draft.links, link('supersedes', withdrawal)] }),
    read('no revision that it supersedes', { links: [link('about', second)] }),
    read('a day that there is not', { body: { ...draft.body, respondBy: '2025-02-30' } }),
    read('a ground of its own', { body: { ...draft.body, ground: 'because' } }),
  ];
  return { about: 'COR-1: correction records, signed by the origin of what they are about.', cases };
}

function answers() {
  const correction = issueAs(atlas, draftOf(atlas, { kind: 'correction', portions: [] }), 'answered');
  const given = (name: string, body: RecordDraft['body'], by: Party = meridian) => {
    const record = issueAs(
      by,
      draftOfKind(by, 'correction-answer', referenceTo(correction), {
        id: testRecordId(by, 60),
        marking: { ...plain, releasableTo: [atlas.id] },
        body,
      }),
      name,
    );
    const kind = kindOf('correction-answer');
    const claims = kind ? (problemOfForm(record, kind) ?? answerClaims(record)) : null;
    const outcome = isRefusal(claims) ? { refusal: claims.code } : { claims };
    return { name, sdJwt: serialiseRecord(record), ...outcome };
  };
  const cases = [
    given('replaced', { answer: 'replaced' }),
    given('relied on in a case', {
      answer: 'relied-on',
      case: '2025/118',
      stage: 'charge',
      explanation: 'وُجّه الاتهام',
    }),
    given('refused with a ground', { answer: 'refused', ground: 'legal-duty-to-keep' }),
    given('relied on in no case', { answer: 'relied-on', stage: 'charge' }),
    given('relied on at no stage', { answer: 'relied-on', case: '2025/118' }),
    given('refused without a ground', { answer: 'refused' }),
    given('erased, with a case', { answer: 'erased', case: '2025/118', stage: 'trial' }),
    given('a stage that there is not', { answer: 'relied-on', case: '2025/118', stage: 'appeal' }),
  ];
  const fitting = correctionChanges.flatMap((change) =>
    correctionAnswers.map((answer) => ({ change, answer, fits: problemOfAnswer(answer, change) === null })),
  );
  return { about: 'COR-2: answers to a correction, and which fits which change.', cases, fitting };
}

const agreement = {
  ceiling: 3,
  compartments: [],
  purposes: ['terrorism-prevention'],
  validFrom: '2025-01-01',
  validUntil: '2025-12-31',
  ourAssentAt: 1,
  theirAssentAt: 2,
  endedAt: null,
} as const;
const newest = (held: readonly VerifiedRecord[]) => held.at(-1) as VerifiedRecord;

/** What Meridian, which holds these revisions of Atlas under an agreement up to level 3, does with a record of Atlas. */
export function codeOnArrival(record: VerifiedRecord, held: readonly VerifiedRecord[]): string | null {
  const { origin, kind, hash, revision, status, id } = newest(held);
  const state = status === 'active' ? ('active' as const) : ('quarantined' as const);
  const revisions = held.map(heldOf);
  const target = { origin, kind, state, revisions };
  const targets = new Map(record.links.some((each) => each.record === id) ? [[id, target]] : []);
  const isNext = record.id === id;
  const admitted = admitRecord(record, {
    ...{
      from: atlas.id,
      self: meridian.id,
      inLetter: false,
      today: '2025-09-24',
      agreement,
      permissions: [],
      named: [],
    },
    kind: kindOf(record.kind),
    head: isNext ? { origin, kind, hash, revision, state } : null,
    held: isNext ? revisions : [],
    given: new Set(),
    targets,
  });
  if (isRefusal(admitted)) return admitted.code;
  if (record.kind !== 'correction') return null;
  return problemOfCorrection(record, targets.get(id) ?? null, [])?.code ?? null;
}

function arriving() {
  const erasure = issueAs(atlas, takenBackOf(withdrawal, 'erased'), 'correction vectors 4');
  const arrives = (name: string, draft: RecordDraft, held: readonly VerifiedRecord[]) => {
    const record = issueAs(atlas, draft, name);
    const refusal = codeOnArrival(record, held);
    return {
      name,
      held: held.map((each) => serialiseRecord(each)),
      sdJwt: serialiseRecord(record),
      ...(refusal === null ? {} : { refusal }),
    };
  };
  const back = (change: Partial<RecordDraft> = {}, status: 'withdrawn' | 'erased' = 'withdrawn') =>
    takenBackOf(second, status, change);
  const revival = (before: VerifiedRecord) =>
    draftOf(atlas, {
      marking: plain,
      revision: before.revision + 1,
      previous: before.hash,
      portions: [portion('عاد')],
    });
  const notice = (before: VerifiedRecord, after: VerifiedRecord, change: CorrectionChange, said = {}) => ({
    ...correctionDraft({ before, after }, change, why, {
      id: testRecordId(atlas, 51),
      language: 'ar',
      title: 'إشعار بالتصحيح',
      desk: 'liaison',
      at: 1_758_800_000,
      reviewBy: '2026-09-24',
    }),
    ...said,
  });
  const other = issueAs(atlas, { ...revival(first), title: 'نص آخر' }, 'correction vectors, another second');
  const raised = { marking: { ...plain, level: 2 as const } };
  const cases = [
    arrives('a withdrawal', back(), [first, second]),
    arrives('an erasure', back({}, 'erased'), [first, second]),
    arrives('the erasure of what was withdrawn', takenBackOf(withdrawal, 'erased'), [first, second, withdrawal]),
    arrives('an active revision of what was withdrawn', revival(withdrawal), [first, second, withdrawal]),
    arrives('an active revision of what was erased', revival(erasure), [first, second, withdrawal, erasure]),
    arrives('a withdrawal of what was erased', takenBackOf(erasure, 'withdrawn'), [first, second, withdrawal, erasure]),
    arrives('a withdrawal of what was withdrawn', takenBackOf(withdrawal, 'withdrawn'), [first, second, withdrawal]),
    arrives('an erasure that still has a portion', back({ portions: [portion('بقي')] }, 'erased'), [first, second]),
    arrives('an erasure that still has a body', back({ body: second.body }, 'erased'), [first, second]),
    arrives('an erasure that still cites', back({ cites: [referenceTo(first)] }, 'erased'), [first, second]),
    arrives('an erasure that is still graded', back({ grading: { source: 'A', information: '1' } }, 'erased'), [
      second,
    ]),
    arrives('an erasure under the title of the record', back({ title: 'عنوان مصحح' }, 'erased'), [first, second]),
    arrives('a withdrawal with a condition', back({ marking: { ...plain, handling: noted } }), [first, second]),
    arrives('an erasure with a condition and its note', back({ marking: { ...plain, handling: noted } }, 'erased'), [
      second,
    ]),
    arrives('a withdrawal at a higher level', back(raised), [first, second]),
    arrives('an erasure in a compartment', back({ marking: { ...plain, compartments: ['X'] } }, 'erased'), [
      first,
      second,
    ]),
    arrives('a correction', notice(first, second, 'corrected'), [first, second]),
    arrives('a correction of what is not held yet', notice(first, second, 'corrected'), [first]),
    arrives('a correction that names another hash than is held', notice(first, other, 'corrected'), [first, second]),
    arrives('a correction that calls the new text withdrawn', notice(first, second, 'withdrawn'), [first, second]),
    arrives('a correction at a higher level', notice(first, second, 'corrected', raised), [first, second]),
  ];
  return {
    about:
      'COR-1, COR-3, MRK-1: a service that holds the revisions `held` of a record, the last of them as the newest, under an agreement up to level 3 without compartments, gets the record `sdJwt` from its origin. Without `refusal` it takes it.',
    cases,
  };
}

function again() {
  const cases = [[0], [0, 2], [1], [0, 1, 2]].map((permitted) => {
    const paths = ['title', 'compartments', 'links', ...permitted.map((index) => `portions/${index}`)];
    const given = first.disclosures.filter(({ path }) => paths.includes(path)).map(({ digest }) => digest);
    const portions = portionsAgain(first, second, given);
    return { permitted, portions, digests: digestsWith(second, portions).toSorted() };
  });
  return {
    about:
      'COR-1.4: of the first revision these portions were permitted onward; of the second these go again, in a copy of these digests.',
    first: serialiseRecord(first),
    second: serialiseRecord(second),
    cases,
  };
}
