import { describe, expect, it } from 'vitest';
import { codeMutants } from './mutate.ts';

/** What each mutant makes of a source. */
function mutated(source: string): string[] {
  return codeMutants('src/some.ts', source).map(
    ({ start, end, replacement }) => source.slice(0, start) + replacement + source.slice(end),
  );
}

describe('mutants of code', () => {
  it.each([
    ['x = a && b;', ['x = (a);', 'x = (b);']],
    ['x = a ? b : c;', ['x = (b);', 'x = (c);']],
    ['if (a) b = 1;', ['if (true) b = 1;', 'if (false) b = 1;']],
    ['x = a < b;', ['x = (a <= b);']],
    ['x = a === b;', ['x = (a !== b);']],
    ['x = !a;', ['x = (a);']],
    ['note(a);', [';']],
    ['await unit.note(a);', [';']],
    ['x = a.filter((one) => one);', ['x = (a);']],
    ['x = a.some(isGood);', ['x = a.every(isGood);']],
    ['const most = 20;', ['const most = (20 + 1);']],
  ])('of %s', (source, expected) => expect(mutated(source)).toEqual(expected));

  it('leave alone what only types see', () => {
    expect(mutated("import { a } from 'b';\ntype A = 1 | 2;\ninterface B { readonly c: A }\n")).toEqual([]);
  });

  it('have names that stay the same where lines move, and are each another', () => {
    const source = 'x = a < b;\ny = a < b;\n';
    const names = codeMutants('src/some.ts', source).map(({ name }) => name);
    expect(new Set(names).size).toBe(2);
    expect(codeMutants('src/some.ts', `\n\n${source}`).map(({ name }) => name)).toEqual(names);
  });
});
