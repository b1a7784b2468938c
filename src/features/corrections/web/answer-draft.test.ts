import { describe, expect, it } from 'vitest';
import { correctionChanges } from '#src/kinds/correction/words.ts';
import { answerDraft, answerInput, answersTo } from './answer-draft.ts';

const use = (reference: string, stage: string | null) => ({ reference, stage });

describe('[COR-2] the answer to a correction', () => {
  it('begins as what is expected, where nothing relied on the record', () => {
    for (const change of correctionChanges) {
      expect(answerDraft({ change, reliedOn: [] }).answer).toBe(answersTo[change][0]);
    }
  });

  it('begins as relied on where a use is entered, so that nobody forgets to say so', () => {
    const draft = answerDraft({
      change: 'withdrawn',
      reliedOn: [use('12/2026', 'inquiry'), use('7/2026', 'trial'), use('bulletin', null)],
    });
    expect(draft).toMatchObject({ answer: 'relied-on', case: '12/2026; 7/2026; bulletin', stage: 'trial' });
    expect(answerInput(draft)).toEqual({ answer: 'relied-on', case: '12/2026; 7/2026; bulletin', stage: 'trial' });
  });

  it('is erased to an erasure alone', () => {
    expect(correctionChanges.filter((change) => answersTo[change].includes('erased'))).toEqual(['erased']);
  });

  it('is nothing without its case or its ground, and carries none where it does not belong', () => {
    const draft = answerDraft({ change: 'corrected', reliedOn: [] });
    expect(answerInput({ ...draft, answer: 'relied-on' })).toBeNull();
    expect(answerInput({ ...draft, answer: 'refused' })).toBeNull();
    expect(answerInput({ ...draft, case: '9/2026', ground: 'not-held', explanation: ' done ' })).toEqual({
      answer: 'replaced',
      explanation: 'done',
    });
    expect(answerInput({ ...draft, answer: 'refused', ground: 'not-held' })).toEqual({
      answer: 'refused',
      ground: 'not-held',
    });
  });
});
