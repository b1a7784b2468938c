import { describe, expect, it } from 'vitest';
import { problemOfForm } from '#src/protocol/admission/admit-record.ts';
import type { RecordDraft } from '#src/protocol/record/record.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import { planRelease } from '#src/protocol/release/plan-release.ts';
import { atlas, draftOf, meridian, openMarking } from '#tests/record/drafts.ts';
import { issueAs } from '#tests/record/parties.ts';
import type { Body } from '../kind.ts';
import { answer } from './index.ts';

const reference = { origin: meridian.id, record: draftOf(meridian).id, revision: 1, hash: 'A'.repeat(43) };
const portion = { text: 'Oui.', nature: 'fact', marking: openMarking } as const;
function answerOf(body: Body, change: Partial<RecordDraft> = {}): RecordDraft {
  const links = [{ ...reference, type: 'replies-to' as const }];
  return draftOf(atlas, { kind: 'answer', marking: openMarking, body, links, portions: [portion], ...change });
}
const without = ({ grading: _, ...draft }: RecordDraft): RecordDraft => draft;

describe('an answer at the door', () => {
  it.each(['full', 'partial'])('[ACC-01] with information in %s has grading and text', (given) => {
    const draft = answerOf({ answer: given });
    expect(problemOfForm(draft, answer)).toBeNull();
    expect(problemOfForm(without(draft), answer)).toMatchObject({ code: 'record-grading-missing' });
    expect(problemOfForm({ ...draft, portions: [] }, answer)).toMatchObject({ code: 'record-disclosure-missing' });
  });

  it('[REQ-2] without information needs no grading, and of text only its question back', () => {
    const bare = (body: Body) => problemOfForm(without(answerOf(body, { portions: [] })), answer);
    expect(bare({ answer: 'no-information' })).toBeNull();
    expect(bare({ answer: 'refused', ground: 'minor-offence' })).toBeNull();
    expect(bare({ answer: 'clarification-needed' })).toMatchObject({ at: '/portions' });
    expect(problemOfForm(without(answerOf({ answer: 'clarification-needed' })), answer)).toBeNull();
    expect(problemOfForm({ ...answerOf({ answer: 'full' }), links: [] }, answer)).toMatchObject({ at: '/links' });
  });
});

describe('an answer that leaves', () => {
  const plan = (body: Body, change: Partial<RecordDraft> = {}) => {
    const record = issueAs(atlas, answerOf(body, change));
    const texts = record.disclosures.filter(({ path }) => path.startsWith('portions/'));
    return planRelease({
      record,
      kind: answer,
      self: atlas.id,
      recipient: meridian.id,
      agreement: {
        ceiling: 2,
        compartments: [],
        purposes: ['terrorism-prevention'],
        validFrom: '2020-01-01',
        validUntil: '2090-01-01',
        ourAssentAt: 1,
        theirAssentAt: 1,
        endedAt: null,
      },
      permissions: [],
      sources: [],
      isHolder: () => false,
      visible: new Set(record.disclosures.map(({ digest }) => digest)),
      withheld: new Set(texts.map(({ digest }) => digest)),
      purpose: 'terrorism-prevention',
      today: '2025-09-25',
    });
  };

  it('[REL-2] is refused where its information is held back, and goes where there is none', () => {
    expect(plan({ answer: 'full' })).toMatchObject({ code: 'release-nothing-left' });
    expect(isRefusal(plan({ answer: 'no-information' }))).toBe(false);
    expect(plan({ answer: 'partial' }, { grading: undefined as never })).toMatchObject({
      code: 'record-grading-missing',
    });
  });
});
