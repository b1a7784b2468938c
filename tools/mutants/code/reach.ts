/** Which test files reach a source file by their imports, the nearest first. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Where the tests of a folder are; what starts whole nodes reaches everything, and is asked only about the server. */
const testsOf: readonly (readonly [folder: string, tests: readonly string[]])[] = [
  [
    'src/protocol',
    [
      'src/protocol/**/*.test.ts',
      'src/kinds/**/*.test.ts',
      'tests/spec/**/*.test.ts',
      'sim/*.test.ts',
      'src/engine/**/*.test.ts',
    ],
  ],
  ['src/engine', ['src/engine/**/*.test.ts', 'tests/engine/*.test.ts']],
  ['src/features', ['src/features/**/*.test.ts', 'tests/server/*.test.ts']],
];

/** The quick ones, and those that start nodes or a simulator: asked only where none of the quick ones has failed. */
export type Reaching = readonly [parts: readonly string[], whole: readonly string[]];

export function createReach(root: string): (file: string) => Reaching {
  const imports = new Map<string, string[]>();
  const importsOf = (file: string): string[] => {
    const known = imports.get(file);
    if (known !== undefined) return known;
    const found = [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import\()\s*'([^']+\.tsx?)'/g)].flatMap(
      ([, specifier = '']) => {
        if (specifier.startsWith('#')) return [specifier.slice(1)];
        return specifier.startsWith('.') ? [normalize(join(dirname(file), specifier))] : [];
      },
    );
    imports.set(file, found);
    return found;
  };
  const steps = (test: string, target: string): number => {
    const seen = new Set([test]);
    let files = [test];
    for (let step = 0; files.length > 0; step++) {
      if (files.includes(target)) return step;
      files = [...new Set(files.flatMap(importsOf))].filter((file) => !seen.has(file));
      for (const file of files) seen.add(file);
    }
    return Number.POSITIVE_INFINITY;
  };
  return (file) => {
    const patterns = testsOf.find(([folder]) => file.startsWith(`${folder}/`))?.[1] ?? [];
    const tests = patterns
      .flatMap((pattern) => globSync(pattern, { cwd: root }))
      .filter((test) => !test.includes('.slow.'));
    const reaching = [...new Set(tests)]
      .map((test) => ({ test, away: steps(test, file) }))
      .filter(({ away }) => Number.isFinite(away))
      .sort((a, b) => a.away - b.away || (a.test < b.test ? -1 : 1))
      .map(({ test }) => test);
    const isPart = (test: string) => test.startsWith('src/');
    return [reaching.filter(isPart), reaching.filter((test) => !isPart(test))];
  };
}
