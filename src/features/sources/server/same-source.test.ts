import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Citation, sameSource } from './same-source.ts';

/** `A>B`: A cites B. */
const graph = (...edges: string[]): Citation[] =>
  edges.map((edge) => {
    const [citing = '', cited = ''] = edge.split('>');
    return { citing, cited };
  });
const others = (citations: Citation[], start: string, stepsMax = 8) =>
  sameSource(citations, start, stepsMax).map(({ other }) => other);

describe('records that go back to one source', () => {
  it('[ACC-19] finds two reports of one source, with the way from one to the other', () => {
    expect(sameSource(graph('A>S', 'B>S'), 'A', 8)).toEqual([
      { other: 'B', root: 'S', pathHere: ['A', 'S'], pathThere: ['S', 'B'] },
    ]);
  });

  it('[ACC-19] goes through several hands on both sides, and names the nearest source that both have', () => {
    const far = graph('A>P', 'P>S', 'B>Q', 'Q>S', 'S>R', 'C>R');
    expect(sameSource(far, 'A', 8)).toEqual([
      { other: 'S', root: 'S', pathHere: ['A', 'P', 'S'], pathThere: ['S'] },
      { other: 'Q', root: 'S', pathHere: ['A', 'P', 'S'], pathThere: ['S', 'Q'] },
      { other: 'R', root: 'R', pathHere: ['A', 'P', 'S', 'R'], pathThere: ['R'] },
      { other: 'B', root: 'S', pathHere: ['A', 'P', 'S'], pathThere: ['S', 'Q', 'B'] },
      { other: 'C', root: 'R', pathHere: ['A', 'P', 'S', 'R'], pathThere: ['R', 'C'] },
    ]);
  });

  it('[ACC-19] counts what draws on this very record by another hand, and leaves out its direct neighbours', () => {
    expect(sameSource(graph('B>A', 'C>B'), 'A', 8)).toEqual([
      { other: 'C', root: 'A', pathHere: ['A'], pathThere: ['A', 'B', 'C'] },
    ]);
    expect(others(graph('A>S', 'B>A'), 'A')).toEqual([]);
    // A record that draws on two is no source of both.
    expect(others(graph('X>A', 'X>B'), 'A')).toEqual([]);
  });

  it('[ACC-19] ends in a circle, and looks no further than it is told', () => {
    expect(others(graph('A>B', 'B>C', 'C>A', 'D>B'), 'A')).toEqual(['D']);
    const chain = graph(...Array.from({ length: 30 }, (_, at) => `${at}>${at + 1}`));
    expect(others(chain, '0', 5)).toEqual(['2', '3', '4', '5']);
  });
});

const records = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const;
const citations = fc.uniqueArray(
  fc
    .record({ citing: fc.constantFrom(...records), cited: fc.constantFrom(...records) })
    .filter(({ citing, cited }) => citing !== cited),
  { selector: ({ citing, cited }) => `${citing}>${cited}`, maxLength: 20 },
);

describe('whatever cites what', () => {
  it('[ACC-19] each way is one of citations that are there, through one root, without a record twice', () => {
    fc.assert(
      fc.property(citations, (all) => {
        const is = new Set(all.map(({ citing, cited }) => `${citing}>${cited}`));
        for (const { other, root, pathHere, pathThere } of sameSource(all, 'a', 14)) {
          expect([pathHere[0], pathHere.at(-1), pathThere[0], pathThere.at(-1)]).toEqual(['a', root, root, other]);
          for (let at = 1; at < pathHere.length; at++) expect(is).toContain(`${pathHere[at - 1]}>${pathHere[at]}`);
          for (let at = 1; at < pathThere.length; at++) expect(is).toContain(`${pathThere[at]}>${pathThere[at - 1]}`);
          expect(new Set(pathHere).size).toBe(pathHere.length);
          expect(new Set(pathThere).size).toBe(pathThere.length);
        }
      }),
    );
  });

  it('[ACC-19] finds exactly those with a source in common, and the same from either side', () => {
    const roots = (all: Citation[], from: string) => {
      const reached = new Set([from]);
      for (let size = 0; size < reached.size; ) {
        size = reached.size;
        for (const { citing, cited } of all) if (reached.has(citing)) reached.add(cited);
      }
      return reached;
    };
    fc.assert(
      fc.property(citations, (all) => {
        const neighbours = new Set(
          all.flatMap(({ citing, cited }) => (citing === 'a' ? [cited] : cited === 'a' ? [citing] : [])),
        );
        const own = roots(all, 'a');
        const expected = records.filter(
          (one) => one !== 'a' && !neighbours.has(one) && [...roots(all, one)].some((root) => own.has(root)),
        );
        expect(others(all, 'a', 14).toSorted()).toEqual(expected);
        for (const one of expected) expect(others(all, one, 14)).toContain('a');
      }),
    );
  });
});
