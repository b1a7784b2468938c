import { describe, expect, it } from 'vitest';
import { isTypedBack } from './secret.ts';

describe('[KEY-1] the secret of the recovery key on paper', () => {
  const secret = 'A1B2C-0DEF3-9XYZ7';

  it('is typed back as a hand writes it', () => {
    for (const typed of [secret, ' a1b2c 0def3\n9xyz7 ', 'A1B2C0DEF39XYZ7', 'AlB2C-ODEF3-9XYZ7'])
      expect(isTypedBack(typed, secret), typed).toBe(true);
  });

  it('is not taken for typed back when a sign differs, is missing, or nothing was typed', () => {
    for (const typed of ['A1B2C-0DEF3-9XYZ8', 'A1B2C-0DEF3-9XYZ', `${secret}A`, '', ' - '])
      expect(isTypedBack(typed, secret), typed).toBe(false);
    expect(isTypedBack('', '')).toBe(false);
  });
});
