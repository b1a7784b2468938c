import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindOf } from '#src/kinds/index.ts';
import type { RecordLink, VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { atlas, draftOf, meridian, testRecordId } from '#tests/record/drafts.ts';
import { issueAs } from '#tests/record/parties.ts';
import { answerClaims, correctionClaims, problemOfAnswer } from './claims.ts';
import { correctionAnswers, correctionChanges, correctionRefusalGrounds, reliedOnStages } from './words.ts';

const first = issueAs(atlas, draftOf(atlas));
const second = issueAs(atlas, draftOf(atlas, { revision: 2, previous: first.hash }));
const link = (type: RecordLink['type'], { origin, id, revision, hash }: VerifiedRecord): RecordLink => {
  return { type, origin, record: id, revision, hash };
};
const body = {
  change: 'corrected',
  ground: 'factual-error',
  explanation: 'x',
  respondBy: '2026-03-01',
  record: first.id,
  hash: second.hash,
};
const correction = { origin: atlas.id, body, links: [link('about', second), link('supersedes', first)] };
const code = (value: unknown) => (isRefusal(value) ? value.code : 'read');

describe('correctionClaims', () => {
  it('[COR-1] reads which revision takes the place of which, and why', () => {
    expect(correctionClaims(correction)).toEqual({
      change: 'corrected',
      ground: 'factual-error',
      respondBy: '2026-03-01',
      about: { origin: atlas.id, record: first.id, revision: 2, hash: second.hash },
      supersedes: { origin: atlas.id, record: first.id, revision: 1, hash: first.hash },
    });
  });

  it.each<[string, Partial<typeof correction>]>([
    ['no link to the new revision', { links: [link('supersedes', first)] }],
    ['no link to the old one', { links: [link('about', second)] }],
    ['two links of one type', { links: [...correction.links, link('about', first)] }],
    [
      'an older revision that takes the place of a newer',
      { links: [link('about', first), link('supersedes', second)] },
    ],
    ['another hash in the body', { body: { ...body, hash: first.hash } }],
    ['another record in the body', { body: { ...body, record: testRecordId(atlas, 9) } }],
    ['another service as origin', { origin: meridian.id }],
  ])('[COR-1] refuses one with %s', (_, change) => {
    expect(code(correctionClaims({ ...correction, ...change }))).toBe('correction-mismatch');
  });

  it('[COR-1] refuses words and days that there are not', () => {
    for (const wrong of [{ change: 'improved' }, { ground: 'because' }, { respondBy: '2026-02-30' }]) {
      expect(code(correctionClaims({ ...correction, body: { ...body, ...wrong } }))).toBe('record-body-invalid');
    }
  });
});

describe('answerClaims', () => {
  const to = link('replies-to', first);
  it('[COR-2] reads what was done, in which case, at what stage, on which ground', () => {
    const said = { answer: 'relied-on', case: '2026/118', stage: 'trial' };
    expect(answerClaims({ body: said, links: [to] })).toMatchObject({
      ...said,
      ground: null,
      to: { hash: first.hash },
    });
    const refused = answerClaims({ body: { answer: 'refused', ground: 'oversight-order' }, links: [to] });
    expect(refused).toMatchObject({ answer: 'refused', case: null, stage: null, ground: 'oversight-order' });
  });

  it('[COR-2] refuses one that answers nothing, or two corrections', () => {
    expect(code(answerClaims({ body: { answer: 'replaced' }, links: [] }))).toBe('correction-mismatch');
    const two = [to, link('replies-to', second)];
    expect(code(answerClaims({ body: { answer: 'replaced' }, links: two }))).toBe('correction-mismatch');
    expect(code(answerClaims({ body: { answer: 'maybe' }, links: [to] }))).toBe('record-body-invalid');
  });

  it('[COR-2] has for every answer that the kind allows just the one reading', () => {
    const kind = kindOf('correction-answer');
    const bodies = fc.record(
      {
        answer: fc.constantFrom(...correctionAnswers),
        case: fc.string({ minLength: 1, maxLength: 9 }),
        stage: fc.constantFrom(...reliedOnStages),
        ground: fc.constantFrom(...correctionRefusalGrounds),
      },
      { requiredKeys: ['answer'] },
    );
    fc.assert(
      fc.property(bodies, (said) => {
        fc.pre(kind?.problem(said) === null);
        const read = answerClaims({ body: said, links: [to] });
        if (isRefusal(read)) throw new Error(read.code);
        expect(read).toMatchObject({ case: null, stage: null, ground: null, ...said });
        expect((read.answer === 'relied-on') === (read.case !== null && read.stage !== null)).toBe(true);
        expect((read.answer === 'refused') === (read.ground !== null)).toBe(true);
      }),
    );
  });
});

it('[COR-2] only what was corrected is replaced, only what was erased is erased; the rest answers anything', () => {
  const fitting = correctionChanges.map((change) =>
    correctionAnswers.filter((answer) => problemOfAnswer(answer, change) === null),
  );
  expect(fitting).toEqual([
    ['replaced', 'quarantined', 'relied-on', 'refused'],
    ['quarantined', 'relied-on', 'refused'],
    ['quarantined', 'erased', 'relied-on', 'refused'],
  ]);
});
