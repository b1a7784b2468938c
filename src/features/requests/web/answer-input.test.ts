import { describe, expect, it } from 'vitest';
import { newMarking } from '#src/web/marking/marking-draft.ts';
import { type AnswerDraft, answerInputOf } from './answer-input.ts';

const filled: AnswerDraft = {
  answer: 'full',
  ground: 'national-security',
  restAwaited: true,
  restBy: '2026-12-01',
  text: 'نعم، نعرفه. ',
  nature: 'fact',
  grading: { source: 'B', information: '2' },
  marking: null,
};

describe('an answer as it will be signed', () => {
  it('[ACC-01] is graded where it informs, and holds nothing that belongs to another answer', () => {
    expect(answerInputOf(filled)).toEqual({
      answer: 'full',
      text: 'نعم، نعرفه. ',
      nature: 'fact',
      grading: { source: 'B', information: '2' },
      marking: null,
    });
    expect(answerInputOf({ ...filled, grading: { source: 'B', information: '' } })).toBeNull();
    expect(answerInputOf({ ...filled, answer: 'partial' })).toHaveProperty('restBy', '2026-12-01');
    expect(answerInputOf({ ...filled, answer: 'partial', restBy: null })).toBeNull();
    expect(answerInputOf({ ...filled, answer: 'partial', restAwaited: false })).not.toHaveProperty('restBy');
    expect(answerInputOf({ ...filled, answer: 'no-information', text: '' })).toEqual({
      answer: 'no-information',
      marking: null,
    });
  });

  it('is refused only with a ground, and asks for clarification only with words', () => {
    expect(answerInputOf({ ...filled, answer: 'refused', ground: '' })).toBeNull();
    expect(answerInputOf({ ...filled, answer: 'refused' })).toMatchObject({ ground: 'national-security' });
    expect(answerInputOf({ ...filled, answer: 'refused' })).not.toHaveProperty('grading');
    expect(answerInputOf({ ...filled, answer: 'clarification-needed', text: ' ' })).toBeNull();
  });

  it('may be marked otherwise than the request', () => {
    expect(answerInputOf({ ...filled, marking: newMarking(3) })?.marking).toMatchObject({ level: 3 });
  });
});
