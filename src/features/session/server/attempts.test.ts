import { describe, expect, test } from 'vitest';
import { attemptLimits, countAttempts } from './attempts.ts';

describe('[ACC-12] attempts at one login', () => {
  const { failuresMax, windowMs, loginsMax } = attemptLimits;
  const failTo = (login: string, now: number, attempts = countAttempts()) => {
    for (let n = 0; n < failuresMax; n++) expect(attempts.begin(login, now)).toBe(true);
    return attempts;
  };

  test('are refused after the limit, under any spelling of the login, and not for ever', () => {
    const attempts = failTo('amina', 1_000);
    expect(attempts.begin('AMINA', 1_001)).toBe(false);
    expect(attempts.begin('brahim', 1_001)).toBe(true);
    expect(attempts.begin('amina', 999 + windowMs)).toBe(false);
    expect(attempts.begin('amina', 1_000 + windowMs)).toBe(true);
  });
  test('begin again after a success', () => {
    const attempts = countAttempts();
    for (let n = 0; n < failuresMax - 1; n++) attempts.begin('amina', 0);
    attempts.succeeded('amina');
    failTo('amina', 0, attempts);
  });
  test('at made-up logins take no more memory than the limit, and the oldest are forgotten first', () => {
    const attempts = failTo('oldest', 0);
    for (let n = 0; n < loginsMax - 1; n++) attempts.begin(`login-${n}`, 0);
    expect(attempts.begin('oldest', 0)).toBe(false);
    attempts.begin('one more', 0);
    expect(attempts.begin('oldest', 0)).toBe(true);
  });
});
