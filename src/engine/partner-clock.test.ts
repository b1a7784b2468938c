import { describe, expect, it } from 'vitest';
import type { StoreUnit } from '#src/ports/store.ts';
import { readTimeField } from '#src/protocol/exchange/clock-off.ts';
import { noteClock } from './partner-clock.ts';

const minuteMs = 60_000;
const at = 1_764_590_400_000;

/** What each difference, in minutes, leaves in the journal. */
async function linesOf(minutesAhead: readonly number[]): Promise<string[]> {
  let kept: number | null = null;
  const lines: string[] = [];
  const unit = {
    clockAhead: async () => kept,
    noteClock: async (_peer: string, aheadMs: number) => {
      kept = aheadMs;
    },
    appendJournal: async ({ act, reason }: { act: string; reason: string | null }) => {
      lines.push(`${act} ${reason}`);
    },
    // The only words that it says.
  } as unknown as StoreUnit;
  for (const minutes of minutesAhead) await noteClock(unit, 'peer', at + minutes * minuteMs, at);
  return lines;
}

describe('[EXC-6] a partner’s clock', () => {
  it('is journalled when it begins to be more than five minutes off and when that ends, not each time', async () => {
    expect(await linesOf([0, 5, -5])).toEqual([]);
    expect(await linesOf([4_320, 4_320, 4_330, 6, 5])).toEqual(['link.clock-off 259200', 'link.clock-agrees 300']);
    expect(await linesOf([-6, -4_320, 0, 0, 6])).toEqual([
      'link.clock-off -360',
      'link.clock-agrees 0',
      'link.clock-off 360',
    ]);
  });

  it('[ADM-2] says nothing where the field holds no time within the bounds', () => {
    expect(readTimeField('1764590400000')).toBe(at);
    expect(readTimeField('7258118399999')).toBe(7_258_118_399_999);
    for (const field of ['7258118400000', '-1', '1.5', '1e3', '٣', '', ' 1', undefined, ['1', '2'], '9'.repeat(400)]) {
      expect(readTimeField(field)).toBeNull();
    }
  });
});
