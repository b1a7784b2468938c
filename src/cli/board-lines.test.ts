import { describe, expect, it } from 'vitest';
import type { RecordView } from '#src/features/records/contract.ts';
import { boardLines } from './board-lines.ts';
import { speak } from './messages.ts';

const sahara = { id: 'F', code: 'sahara', names: { ar: 'الصحراء', fr: 'Sahara', en: 'Sahara' } };
const view = (holders: readonly { state: string }[]) =>
  ({
    record: '018f0000-0000-7000-8000-000000000001',
    title: 'Four men',
    deliveries: [],
    holders: holders.map(({ state }) => ({ service: sahara, state, via: null, since: '2026-11-06T15:05:00Z' })),
  }) as unknown as RecordView;

describe('the board in the terminal', () => {
  it('[REL-3] names who holds a record that was passed on, and says so where nobody does', () => {
    const say = speak('en');
    expect(boardLines(view([{ state: 'confirmed' }]), say).join('\n')).toMatch(
      /Sahara \(sahara\) {2}holds it, and has/,
    );
    expect(boardLines(view([{ state: 'granted' }]), say).join('\n')).toContain('not confirmed yet');
    expect(boardLines(view([]), say).join('\n')).toContain('It was given to nobody.');
  });
});
