import { describe, expect, it } from 'vitest';
import { usualTermMs } from './deadline.ts';
import {
  isUntouched,
  missingOf,
  newRequest,
  previewInputOf,
  type RequestDraft,
  requestInputOf,
} from './request-draft.ts';

const now = Date.UTC(2026, 10, 24, 13, 36);
const partner = 'p'.repeat(43);
const whole: RequestDraft = {
  ...newRequest('ar'),
  title: ' من هو النجار؟ ',
  question: 'هل تعرفون رجلا بهذا الاسم؟  ',
  reasons: 'ورد اسمه في بحث جار.',
  legalBasis: 'المادة 4',
  recipients: [partner],
};

describe('a request as it will be signed', () => {
  it('keeps the texts as they were typed, and takes the usual deadline of its urgency from the moment of sending', () => {
    const input = requestInputOf(whole, now);
    expect(input).toMatchObject({ title: 'من هو النجار؟', question: whole.question, intendedUse: null });
    expect(Date.parse(input?.respondBy ?? '')).toBe(now + usualTermMs.routine);
    expect(input).not.toHaveProperty('urgencyReason');
    expect(Date.parse(requestInputOf(whole, now + 3_600_000)?.respondBy ?? '')).toBe(
      now + 3_600_000 + usualTermMs.routine,
    );
  });

  it('is for those asked alone, unless the officer widens it', () => {
    expect(requestInputOf(whole, now)?.marking.releasableTo).toEqual([partner]);
    expect(requestInputOf({ ...whole, audience: 'any' }, now)?.marking.releasableTo).toBeNull();
  });

  it('says everything that is missing, in the order of the page', () => {
    expect(missingOf(newRequest('fr'), now)).toEqual(['title', 'question', 'reasons', 'legalBasis', 'recipients']);
    expect(missingOf({ ...whole, urgency: 'urgent' }, now)).toEqual(['urgencyReason']);
    expect(missingOf({ ...whole, deadline: { day: '2026-11-23', time: '10:00' } }, now)).toEqual(['respondBy']);
    expect(missingOf({ ...whole, deadline: { day: '2026-11-30', time: 'x' } }, now)).toEqual(['respondBy']);
    expect(requestInputOf({ ...whole, reasons: ' ' }, now)).toBeNull();
  });

  it('can be asked about before it is complete, once there is somebody to ask about', () => {
    expect(previewInputOf(newRequest('en'), now)).toBeNull();
    const early = previewInputOf({ ...newRequest('en'), recipients: [partner] }, now);
    expect(early?.portions).toHaveLength(2);
    expect(early?.portions.every(({ text }) => text.length > 0)).toBe(true);
  });

  it('knows whether anything was written', () => {
    expect(isUntouched(newRequest('ar'))).toBe(true);
    expect(isUntouched({ ...newRequest('ar'), reasons: 'x' })).toBe(false);
  });
});
