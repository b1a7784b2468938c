import { describe, expect, it } from 'vitest';
import { asciiDigits } from './digits.ts';
import { speak } from './messages.ts';
import { day, level, portionNumbers, wholeNumber } from './values.ts';

const say = speak('en');
/** Every zero of Unicode, each by a script of its own. */
const zeros = Array.from({ length: 0x110000 }, (_, code) => code)
  .filter((code) => (code < 0xd800 || code > 0xdfff) && /\p{Nd}/u.test(String.fromCodePoint(code)))
  .filter((_, nth) => nth % 10 === 0);

describe('digits of any script', () => {
  it('are read as those of ASCII', () => {
    expect(zeros.length).toBeGreaterThan(60);
    for (const zero of zeros) {
      const digits = Array.from({ length: 10 }, (_, value) => String.fromCodePoint(zero + value));
      expect(asciiDigits(digits.join('')), zero.toString(16)).toBe('0123456789');
    }
  });

  it.each(['٢٠٢٧-٠١-٣١', '۲۰۲۷-۰۱-۳۱', '２０２７-０１-３１', '२०२७-०१-३१'])('make a day: %s', (written) => {
    expect(day('until', written, say)).toBe('2027-01-31');
  });

  it('make counts, levels and numbers of portions', () => {
    expect(wholeNumber('count', '٤۲', [0, 99], say)).toBe(42);
    expect(level('level', '٣', say)).toBe(3);
    expect([...portionNumbers('facts', '١،٣-٥', 9, say)]).toEqual([1, 3, 4, 5]);
    expect(() => wholeNumber('count', 'Ⅳ', [0, 99], say)).toThrow();
  });
});
