import { describe, expect, it } from 'vitest';
import { isolate, shownWidth, table } from './table.ts';

describe('a table for the terminal', () => {
  it('aligns columns by what is shown: marks and isolates take no room', () => {
    const rows = table([
      ['سلمى', 'a'],
      ['مُحَمَّد', 'b'],
      ['x', 'c'],
    ]);
    expect(rows.map((row) => shownWidth(row))).toEqual([7, 7, 7]);
  });

  it('isolates Arabic, so that its neighbours keep their order, and nothing else', () => {
    expect(isolate('سلمى 27')).toBe('\u2068سلمى 27\u2069');
    for (const text of ['Élodie', '●', '', '✓ 27']) expect(isolate(text)).toBe(text);
  });

  it('is empty without rows, and pads rows that are short', () => {
    expect(table([])).toEqual([]);
    expect(table([['a'], ['b', 'c']])).toEqual(['a', 'b  c']);
  });
});
