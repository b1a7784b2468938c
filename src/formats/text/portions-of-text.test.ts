import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { portionsOfText, textOfPortions } from './index.ts';

describe('portionsOfText', () => {
  it('divides at blank lines, and keeps the lines of a paragraph together', () => {
    expect(portionsOfText('العنوان\n\nفقرة أولى\nسطرها الثاني\n\n\nفقرة ثانية\n')).toEqual({
      title: 'العنوان',
      portions: ['العنوان', 'فقرة أولى\nسطرها الثاني', 'فقرة ثانية'],
      separators: ['', '\n\n', '\n\n\n', '\n'],
    });
  });

  it('divides at line ends where no line is blank but the last', () => {
    expect(portionsOfText('one\ntwo\nthree\n\n').portions).toEqual(['one', 'two', 'three']);
    expect(portionsOfText('\n  \none\ntwo').portions).toEqual(['one', 'two']);
    expect(portionsOfText('alone').portions).toEqual(['alone']);
  });

  it('takes every kind of line end, and spaces on a blank line', () => {
    expect(portionsOfText('a\r\nb\r\n \t\r\nc')).toMatchObject({
      portions: ['a\r\nb', 'c'],
      separators: ['', '\r\n \t\r\n', ''],
    });
    expect(portionsOfText('a\rb')).toMatchObject({ portions: ['a', 'b'] });
    expect(portionsOfText('a\r\nb')).toMatchObject({ portions: ['a', 'b'] });
  });

  it('changes nothing within a portion: spaces, tatweel, direction marks, composed and decomposed letters', () => {
    const line = '  \u200Fســلام\u200E  \u2067x\u2069 é e\u0301 \u00A0\u200C ';
    expect(portionsOfText(`\uFEFFعنوان\n${line}\nنهاية`)).toEqual({
      title: 'عنوان',
      portions: ['عنوان', line, 'نهاية'],
      separators: ['\uFEFF', '\n', '\n', ''],
    });
  });

  it('finds nothing in nothing', () => {
    for (const text of ['', '\n', ' \r\n\t', '\uFEFF']) {
      const divided = portionsOfText(text);
      expect(divided).toMatchObject({ title: '', portions: [] });
      expect(textOfPortions(divided)).toBe(text);
    }
  });

  it('cuts the title at a word', () => {
    const words = `${'كلمة '.repeat(80)}\nالنص`;
    const { title } = portionsOfText(words);
    expect(title).toBe('كلمة '.repeat(60).trim());
    expect(portionsOfText('x'.repeat(400)).title).toBe('x'.repeat(300));
    // A word that ends exactly at the limit stays whole, and no emoji is halved.
    expect(portionsOfText(`${'y'.repeat(300)} z`).title).toBe('y'.repeat(300));
    expect(portionsOfText(`${'x'.repeat(299)}😀`).title).toBe('x'.repeat(299));
    expect(portionsOfText('  title  \nx').title).toBe('title');
  });

  it('divides a paragraph that is too long for a portion at its lines', () => {
    const line = 'ع'.repeat(15_000);
    expect(portionsOfText(`${line}\n${line}\n\nend`).portions).toEqual([line, line, 'end']);
  });

  it('[REC-3] loses no character of any text', () => {
    const pieces = fc.constantFrom(
      '\n',
      '\r',
      '\r\n',
      ' ',
      '\t',
      '\uFEFF',
      'ا',
      'ـ',
      '\u200F',
      'x',
      '😀',
      '\u2028',
      '\n\n',
    );
    const texts = fc.oneof(
      fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const divided = portionsOfText(text);
        expect(textOfPortions(divided)).toBe(text);
        expect(divided.separators.length).toBe(divided.portions.length + 1);
        expect(divided.portions.every((portion) => portion.trim() !== '' && !/^[\r\n]|[\r\n]$/.test(portion))).toBe(
          true,
        );
        expect(divided.title.length).toBeLessThanOrEqual(300);
      }),
    );
  });

  it('takes a large text in its stride', () => {
    const text = `${'\n'.repeat(200_000)}x\n${' \n'.repeat(200_000)}`;
    const started = performance.now();
    expect(portionsOfText(text).portions).toEqual(['x']);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
