import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cursorOf, placeOf } from './cursor.ts';
import { excerptOf } from './item-texts.ts';
import { othersOfOneSource } from './same-source.ts';

describe('a cursor', () => {
  test('leads back to its place', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.constantFrom(0, 1), fc.nat(2 ** 45), fc.uuid(), (share, calm, at, record) => {
        const place = { share, calm, at, record };
        expect(placeOf(cursorOf(place))).toEqual(place);
      }),
    );
  });
  test.each(['', 'abc', '====', Buffer.from('1').toString('base64url'), Buffer.from('1.x').toString('base64url')])(
    'that nobody gave leads nowhere: %j',
    (cursor) => {
      expect(placeOf(cursor)).toBeNull();
    },
  );
});

describe('an excerpt', () => {
  test('is one line, whole where it is short', () => {
    expect(excerptOf('  أولا\n\n ثانيا\t')).toBe('أولا ثانيا');
  });
  test('is cut between words, and never inside a character', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('مرحبا', 'x', '𝒳𝒳', 'é'), { minLength: 1, maxLength: 300 }), (words) => {
        const text = words.join(' ');
        const excerpt = excerptOf(text);
        expect([...excerpt].length).toBeLessThanOrEqual(161);
        const cut = excerpt.endsWith('…') ? excerpt.slice(0, -1) : excerpt;
        expect(`${text} `.startsWith(`${cut} `)).toBe(true);
      }),
    );
  });
});

describe('items of one source', () => {
  const ways = (...all: string[]) => all.map((way) => ({ item: way.charAt(0), source: way.charAt(1) }));
  test('[ACC-19] are counted with those that share a source or are it, each once', () => {
    // A and B draw on S and T; C draws on A; D on nothing.
    const found = othersOfOneSource(ways('AA', 'AS', 'AT', 'BB', 'BS', 'BT', 'CC', 'CA', 'CS', 'CT', 'DD'));
    expect(Object.fromEntries(found)).toEqual({ A: 2, B: 2, C: 2 });
    expect(othersOfOneSource(ways('AA', 'BB', 'AS', 'BT')).size).toBe(0);
  });
});
