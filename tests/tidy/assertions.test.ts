import { describe, expect, it } from 'vitest';
import { allFiles, isTest, textOf } from './files.ts';

/** Lines where an `if` decides whether anything is asserted. One whose `else` asserts the opposite decides only what. */
function skippable(text: string): string[] {
  const lines = text.split('\n');
  return lines.filter((line, at) => {
    const [, indent = '', rest = ''] = /^(\s*)if \(.*\)\s(.*)$/.exec(line) ?? [];
    if (rest === '') return false;
    const end = rest === '{' ? lines.findIndex((one, index) => index > at && one.startsWith(`${indent}}`)) : at + 1;
    const guarded = rest === '{' ? lines.slice(at + 1, end) : [rest];
    return guarded.some((one) => /\bexpect\(/.test(one)) && !/^\s*(\} )?else\b/.test(lines[end] ?? '');
  });
}

describe('assertions', () => {
  it('none is left out by an `if`: the test would say nothing, and pass', () => {
    const tests = allFiles.filter((path) => isTest(path) && !/^src\/features\/[a-z-]+\/contract\.ts$/.test(path));
    expect(tests.length).toBeGreaterThan(150);
    const found = tests.flatMap((path) => skippable(textOf(path)).map((line) => `${path}: ${line.trim()}`));
    expect(found).toEqual([]);
  });

  it('the search finds them, on one line and in a block', () => {
    const block = ['  if (there) {', '    const one = 1;', '    expect(one).toBe(1);', '  }', '  done();'];
    expect(skippable(['if (there) expect(1).toBe(1);', ...block].join('\n'))).toHaveLength(2);
    expect(skippable(['if (there) expect(1).toBe(1);', 'else expect(1).toBe(2);'].join('\n'))).toEqual([]);
  });
});
