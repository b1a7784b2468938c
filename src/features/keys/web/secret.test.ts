import { describe, expect, it } from 'vitest';
import { inGroups, isTypedBack, withoutSpaces } from './secret.ts';

describe('[KEY-1] the secret of the recovery key on paper', () => {
  it('is shown in groups of four and typed back with or without them', () => {
    const secret = 'Ab3-_xYz9';
    expect(inGroups(secret)).toBe('Ab3- _xYz 9');
    expect(inGroups('two words')).toBe('two words');
    expect(isTypedBack(inGroups(secret), secret)).toBe(true);
    expect(isTypedBack(' Ab3-_x\nYz9 ', secret)).toBe(true);
    expect(withoutSpaces(inGroups(secret))).toBe(secret);
  });

  it('is not taken for typed back when a sign differs or nothing was typed', () => {
    expect(isTypedBack('Ab3-_xYz8', 'Ab3-_xYz9')).toBe(false);
    expect(isTypedBack('ab3-_xyz9', 'Ab3-_xYz9')).toBe(false);
    expect(isTypedBack(' ', ' ')).toBe(false);
  });
});
