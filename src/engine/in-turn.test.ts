import { describe, expect, it } from 'vitest';
import { InTurn } from './in-turn.ts';

describe('work in turn', () => {
  it('runs one after the other under one key, also after one that failed, and side by side under two', async () => {
    const turns = new InTurn<string>();
    const log: string[] = [];
    const first = Promise.withResolvers<void>();
    const work = (name: string, wait?: Promise<void>) => async () => {
      log.push(`${name} begins`);
      await wait;
      log.push(`${name} ends`);
      return name;
    };
    const one = turns.run('a', work('one', first.promise));
    const two = turns.run('a', work('two'));
    expect(await turns.run('b', work('other'))).toBe('other');
    first.reject(new Error('lost'));
    await expect(one).rejects.toThrow('lost');
    expect(await two).toBe('two');
    expect(log).toEqual(['one begins', 'other begins', 'other ends', 'two begins', 'two ends']);
  });
});
