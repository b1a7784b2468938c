import { describe, expect, test } from 'vitest';
import { Places } from './places.ts';
import { OwnTurns, Turns } from './turns.ts';

describe('[ADM-2] a bounded room', () => {
  const room = (total: number, each: number) => {
    const places = new Places({ total, each });
    const ended: string[] = [];
    const take = (owner: string, name: string, weight = 1) => places.take(owner, weight, () => ended.push(name));
    return { places, ended, take };
  };

  test('lets the newest of one owner in and the oldest go', () => {
    const { ended, take } = room(10, 2);
    for (const name of ['a1', 'a2', 'a3']) take('a', name);
    expect(ended).toEqual(['a1']);
  });
  test('takes from whoever holds most, and leaves who holds little', () => {
    const { ended, take } = room(4, 3);
    take('b', 'b1');
    for (const name of ['a1', 'a2', 'a3']) take('a', name);
    take('c', 'c1');
    take('d', 'd1');
    expect(ended).toEqual(['a1', 'a2']);
  });
  test('has room again when somebody left, once and not twice', () => {
    const { places, ended, take } = room(2, 2);
    const first = take('a', 'a1');
    first.leave();
    first.leave();
    take('a', 'a2');
    take('b', 'b1');
    expect([ended, places.weightOf('a'), places.weightOf('b')]).toEqual([[], 1, 1]);
  });
  test('weighs what is heavy, and keeps one that is too heavy for it where nothing else is there', () => {
    const { ended, take } = room(8, 8);
    take('a', 'a1', 9);
    expect(ended).toEqual([]);
    take('b', 'b1', 1);
    expect(ended).toEqual(['a1']);
  });
});

describe('[ADM-2] work in turns', () => {
  const later = () => Promise.withResolvers<string>();

  test('is done so much at once, in its order, and the oldest that waits goes when too much does', async () => {
    const turns = new Turns({ atOnce: 1, waiting: 2, each: 2 });
    const first = later();
    const begun: string[] = [];
    const run = (owner: string, name: string, work: Promise<string> = Promise.resolve(name)) =>
      turns.run(owner, () => {
        begun.push(name);
        return work;
      });
    const all = [run('a', 'a1', first.promise), run('a', 'a2'), run('a', 'a3'), run('a', 'a4'), run('b', 'b1')];
    expect(await all[1]).toBeNull();
    first.resolve('a1');
    expect(await Promise.all(all)).toEqual([{ done: 'a1' }, null, null, { done: 'a4' }, { done: 'b1' }]);
    expect(begun).toEqual(['a1', 'a4', 'b1']);
  });

  test('of one owner waits for nobody else’s, where each has turns of his own', async () => {
    const turns = new OwnTurns({ atOnce: 1, waiting: 1 });
    const long = later();
    const many = [1, 2, 3].map((n) => turns.run('a', () => (n === 1 ? long.promise : Promise.resolve(`a${n}`))));
    expect(await turns.run('b', async () => 'b')).toEqual({ done: 'b' });
    expect(await many[1]).toBeNull();
    long.resolve('a1');
    expect(await Promise.all(many)).toEqual([{ done: 'a1' }, null, { done: 'a3' }]);
    expect(await turns.run('a', async () => 'again')).toEqual({ done: 'again' });
  });

  test('goes on after work that failed', async () => {
    const turns = new Turns({ atOnce: 1, waiting: 2, each: 2 });
    const failing = turns.run('a', () => Promise.reject(new Error('no')));
    const next = turns.run('a', () => Promise.resolve('next'));
    await expect(failing).rejects.toThrow('no');
    expect(await next).toEqual({ done: 'next' });
  });
});
