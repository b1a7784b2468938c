import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resemblances, skeletonOf } from './resembling-names.ts';

const service = (id: string, code: string, names = { ar: id, fr: id, en: id }) => ({ id, code, names });

describe('[KEY-2] a name that looks like another’s', () => {
  it.each([
    ['Atlas', 'Аtlas', 'a Cyrillic capital'],
    ['Atlas', 'Atlаs', 'a Cyrillic small letter'],
    ['Meridian', 'MERIDIAN', 'capitals'],
    ['Meridian', 'Μeridian', 'a Greek capital'],
    ['Meridian', 'Meridіan', 'a Ukrainian letter'],
    ['Meridian', 'Merid1an', 'a digit'],
    ['Sahara', 'Sa hara', 'a space'],
    ['Sahara', 'Sahára', 'an accent'],
    ['Sahara', 'Ｓａｈａｒａ', 'full width'],
    ['Sahara', 'Sah\u200dara', 'a joiner'],
    ['Sahara', '𝐒ahara', 'a mathematical letter'],
    ['Interior', 'lnterior', 'a small L for a capital I'],
    ['Modern', 'Modem', 'rn and m'],
    ['المكتب الوطني', 'المكتب الوطنی', 'a Persian yeh'],
    ['المكتب الوطني', 'المکتب الوطني', 'a Persian kaf'],
    ['المكتب الوطني', 'المكتب الوطنى', 'a yeh without dots'],
    ['المكتب الوطني', 'المـــكتب الوطني', 'tatweel'],
    ['المكتب الوطني', 'المَكتَب الوطنيّ', 'vowel signs'],
    ['مديرية الأمن', 'مديريه الامن', 'hamza and teh marbuta'],
  ])('%s and %s: %s', (one, other) => {
    expect(skeletonOf(other)).toBe(skeletonOf(one));
  });

  it.each([
    ['Atlas', 'Atlantis'],
    ['Sahara', 'Samara'],
    ['المكتب الوطني', 'المكتب المدني'],
  ])('%s and %s are two', (one, other) => expect(skeletonOf(one)).not.toBe(skeletonOf(other)));

  it('is found in any language and in the code, and names nobody for itself', () => {
    const atlas = service('a', 'atlas', { ar: 'الأطلس', fr: 'Atlas', en: 'Atlas' });
    const false1 = service('b', 'maghreb', { ar: 'الاطلس', fr: 'Maghreb', en: 'Maghreb' });
    const false2 = service('c', 'аtlas', { ar: 'ج', fr: 'J', en: 'K' });
    const other = service('d', 'sahara', { ar: 'الصحراء', fr: 'Sahara', en: 'Sahara' });
    expect(resemblances([atlas, false1, false2, other])).toEqual(
      new Map([
        ['a', ['c', 'b']],
        ['c', ['a']],
        ['b', ['a']],
      ]),
    );
    const twin = service('abcdefgh', 'sahara-abcdef', { ar: 'x', fr: 'y', en: 'z' });
    expect(resemblances([other, twin]).get('d')).toEqual(['abcdefgh']);
  });

  it('never throws, and a name always looks like itself with a mark in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(skeletonOf(`${name}\u200e`)).toBe(skeletonOf(name));
      }),
    );
  });
});
