import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type TextVectors, textVectors } from '#tests/text/vectors.ts';
import { isVisible, unfitAt } from './text.ts';

const file = new URL('../../spec/vectors/text/texts.json', import.meta.url);
const vectors: TextVectors = JSON.parse(readFileSync(file, 'utf8'));

describe('text vectors', () => {
  it.each(vectors.cases.map((vector) => [vector.name, vector] as const))('[TXT-1] [TXT-2] [TXT-3] %s', (_, vector) => {
    expect(unfitAt(vector.text, vector.line ? 'line' : 'lines')).toBe(vector.unfitAt ?? null);
    expect(isVisible(vector.text) || vector.unfitAt !== undefined).toBe(vector.blank !== true);
  });

  it('are what their writer makes today', () => {
    expect(vectors).toEqual(textVectors());
  });

  it('[TXT-1] looks at a text of the greatest length in proportion to its length', () => {
    const spent = (unit: string, times: number) => {
      const text = unit.repeat(times);
      const from = performance.now();
      unfitAt(text);
      return performance.now() - from;
    };
    for (const unit of ['\u0645\u200f', ' \u064b', '\u2068', '\u{1f642}\u200d', ' ', '\n ', '\u200d', '\u202d0']) {
      spent(unit, 10_000);
      expect(spent(unit, 200_000), JSON.stringify(unit)).toBeLessThan(2_000);
    }
  });
});
