import { describe, expect, it } from 'vitest';
import { allFiles, filesIn, textOf } from './files.ts';

const code = allFiles.filter((path) => /^(src|sim|tests|tools|bench|conformance|bin)\/.*\.(tsx?|mjs)$/.test(path));
const named = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** Longer than 300 lines, each with its reason. */
const longFiles = new Map([
  [
    'tests/visibility/rights.contract.ts',
    'one list of who may do what with which table; apart, a gap would not be seen',
  ],
  [
    'tests/server/examples.ts',
    'one list of every writing operation, in the order in which one makes what the next needs',
  ],
  [
    'tests/access/attempts.ts',
    'one list of every write that somebody tries; apart, a table without one would not be seen',
  ],
  [
    'tests/engine/one-bad-message.test.ts',
    'one rule, held against whatever may hold a message: batch, letter, file, queue; a partner befriended once for all',
  ],
]);

describe('names and sizes', () => {
  it('files are kebab-case', () => {
    const wrong = [...code, ...filesIn('src/', /\.css$/), ...filesIn('db/', /./)].filter(
      // Tables are named as PostgreSQL names them.
      (path) =>
        !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/.test(named(path)) && !path.startsWith('db/policies/'),
    );
    expect(wrong).toEqual([]);
  });

  it('a file called use-x gives the hook useX', () => {
    const hooks = filesIn('src/', /\/use-[^/]*\.tsx?$/).filter((path) => !/\.test\.tsx?$/.test(path));
    expect(hooks.length).toBeGreaterThan(0);
    const wrong = hooks.filter((path) => {
      const words = named(path)
        .replace(/\.tsx?$/, '')
        .split('-');
      const hook = words.map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
      return !new RegExp(`^export (function|const) ${hook}\\b`, 'm').test(textOf(path));
    });
    expect(wrong).toEqual([]);
  });

  it('no file is called by what it is not: utils, helpers, common, manager, misc', () => {
    const vague = /(^|[/.-])(util|utils|utility|utilities|helper|helpers|common|manager|misc)([/.-]|$)/;
    expect(vague.test('src/server/session-manager.ts')).toBe(true);
    expect(code.filter((path) => vague.test(path))).toEqual([]);
  });

  it('no file is longer than 300 lines without a reason', () => {
    const long = code.filter((path) => textOf(path).split('\n').length > 301);
    expect(long.filter((path) => !longFiles.has(path))).toEqual([]);
    // A reason that is no longer needed is taken out again.
    expect([...longFiles.keys()].filter((path) => !long.includes(path))).toEqual([]);
  });

  it('nothing is left to be done later, or switched off', () => {
    const left = new RegExp(
      ['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', '@ts-' + 'ignore', '@ts-' + 'nocheck']
        .map((word) => String.raw`(?<![\w])${word}\b`)
        .join('|'),
    );
    expect(code.filter((path) => left.test(textOf(path)))).toEqual([]);
    const focused = /\b(it|test|describe)\.only\(/;
    expect(code.filter((path) => focused.test(textOf(path)) && path !== 'tests/tidy/shape.test.ts')).toEqual([]);
  });

  it('migrations are numbered 1, 2, 3 … without a gap', () => {
    const numbers = filesIn('db/migrations/', /\.sql$/).map((path) => named(path).slice(0, 4));
    expect(numbers).toEqual(numbers.map((_, index) => String(index + 1).padStart(4, '0')));
    expect(numbers.length).toBeGreaterThan(0);
  });

  it('every table has one file of policies', () => {
    const sql = filesIn('db/migrations/', /\.sql$/)
      .map(textOf)
      .join('\n');
    const tables = [...sql.matchAll(/^create table (\w+)/gm)].map((match) => match[1] ?? '');
    expect(tables.length).toBeGreaterThan(10);
    const policies = filesIn('db/policies/', /\.sql$/).map((path) => named(path).replace('.sql', ''));
    expect(tables.filter((table) => !policies.includes(table))).toEqual([]);
  });
});
