import { describe, expect, it } from 'vitest';
import { catalogue, plural } from './catalogue.ts';
import { i18n } from './instance.ts';

const ar = {
  hello: 'إلى {{service}}',
  items: plural({
    zero: 'لا شيء',
    one: 'أمر واحد',
    two: 'أمران',
    few: '{{count}} أمور',
    many: '{{count}} أمرا',
    other: '{{count}} أمر',
  }),
};
const fr: typeof ar = {
  hello: 'À {{service}}',
  items: plural({ one: '{{count}} élément', many: '{{count}}', other: '{{count}} éléments' }),
};
catalogue('test', { ar, fr, en: fr });
const say = (language: string, key: string, parameters: Record<string, string | number>) =>
  i18n.getFixedT(language, 'test')(key, parameters) as string;
const bare = (sentence: string) => sentence.replace(/[\u2066-\u2069]/g, '');

describe('sentences', () => {
  it('isolate what is put into them, so that a Latin name cannot reorder Arabic words', () => {
    expect(say('ar', 'hello', { service: 'FBI (CT)' })).toBe('إلى \u2068FBI (CT)\u2069');
  });

  it('leave markup alone: React escapes it', () => {
    expect(say('fr', 'hello', { service: '<b>' })).toBe('À \u2068<b>\u2069');
  });

  it('count as Arabic counts', () => {
    const counted = [0, 1, 2, 3, 11, 100].map((count) => bare(say('ar', 'items', { count })));
    expect(counted).toEqual(['لا شيء', 'أمر واحد', 'أمران', '3 أمور', '11 أمرا', '100 أمر']);
  });

  it('write numbers with Latin digits and the marks of their language', async () => {
    await i18n.changeLanguage('ar');
    expect(bare(say('ar', 'items', { count: 12_345 }))).toBe('12.345 أمرا');
    await i18n.changeLanguage('fr');
    expect(bare(say('fr', 'items', { count: 12_345 }))).toBe('12\u202f345 éléments');
  });
});
