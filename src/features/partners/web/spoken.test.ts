import { describe, expect, it } from 'vitest';
import { isWholeFingerprint, spokenGroups } from './spoken.ts';

describe('[KEY-2] a fingerprint as it is heard', () => {
  it('falls into groups of four while it is typed', () => {
    expect(spokenGroups('12')).toBe('12');
    expect(spokenGroups('12345')).toBe('1234 5');
    expect(spokenGroups('1234 5')).toBe('1234 5');
    expect(spokenGroups('1234 ')).toBe('1234');
  });
  it('may be typed with Arabic or Persian digits', () => expect(spokenGroups('٠١٢٣۴۵٦')).toBe('0123 456'));
  it('is whole at 32 digits and takes no more', () => {
    const whole = spokenGroups('1'.repeat(40));
    expect(whole).toBe(Array(8).fill('1111').join(' '));
    expect(isWholeFingerprint(whole)).toBe(true);
    expect(isWholeFingerprint(whole.slice(0, -1))).toBe(false);
  });
});
