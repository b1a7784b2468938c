import { describe, expect, it } from 'vitest';
import { filesIn, isTest, textOf, withoutComments } from './files.ts';

/** What would compile under the core's own tsconfig, or be slipped in by a type, and yet is not a function of its arguments. */
const bans: readonly (readonly [RegExp, string])[] = [
  [/\bDate\s*\.\s*now\b/, 'a clock'],
  [/\bnew\s+Date\s*\(\s*\)/, 'a clock'],
  [/\bperformance\b/, 'a clock'],
  [/\bMath\s*\.\s*random\b/, 'randomness'],
  [/\bcrypto\s*\./, 'randomness or cryptography of its own'],
  [/\bprocess\b/, 'the process'],
  [/\bglobalThis\b/, 'the surroundings'],
  [/\bconsole\b/, 'output'],
  [/\bfetch\s*\(/, 'the network'],
  [/\bawait\b/, 'waiting'],
  [/\basync\b/, 'waiting'],
  [/\bPromise\b/, 'waiting'],
  [/\bset(Timeout|Interval|Immediate)\b/, 'a timer'],
  [/['"]node:/, 'a module of Node'],
  [/^(?:export )?let\b/m, 'a variable that outlives the call'],
];

const withoutStrings = (code: string) =>
  code.replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, (text) => (text.includes('node:') ? text : "''"));
const impurities = (code: string) => {
  const text = withoutStrings(withoutComments(code));
  return bans.filter(([pattern]) => pattern.test(text)).map(([, what]) => what);
};

const core = filesIn('src/protocol/', /\.ts$/).filter((path) => !isTest(path));

describe('the pure core', () => {
  it('has no clock, randomness, input, output or waiting', () => {
    expect(core.length).toBeGreaterThan(20);
    const found = core.flatMap((path) => impurities(textOf(path)).map((what) => `${path} uses ${what}`));
    expect(found).toEqual([]);
  });

  it.each([
    'const now = Date.now();',
    'const now = new Date();',
    'const n = Math.random();',
    'console.log(1);',
    'export async function f() {}',
    'setTimeout(f, 1);',
    `import { x } from 'node:fs';`,
    'let counter = 0;',
  ])('would be caught with %s', (code) => {
    expect(impurities(code).length).toBeGreaterThan(0);
  });

  it('may speak of these things in comments and strings', () => {
    expect(
      impurities(`// never Date.now()\nconst text = 'await the process';\nconst day = new Date(seconds * 1000);`),
    ).toEqual([]);
  });
});
