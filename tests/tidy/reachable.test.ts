/** What nothing can reach goes: an export that nobody names, a refusal that nobody returns, a message that nobody shows, a column that nobody knows. */
import { describe, expect, it } from 'vitest';
import { ruleOfRefusal } from '#src/protocol/refusal.ts';
import { allFiles, filesIn, isTest, textOf, withoutComments } from './files.ts';

const isCatalogue = (path: string) => /\.(ar|fr|en)\.ts$/.test(path) || path.includes('/refusal-text/');
/** What runs: the features' contracts are no tests, though their files are named like suites of a port. */
const isProduction = (path: string) => !isTest(path) || /^src\/features\/[a-z-]+\/contract\.ts$/.test(path);
const production = new Map(
  filesIn('src/', /\.tsx?$/)
    .filter((path) => isProduction(path) && !isCatalogue(path))
    .map((path) => [path, withoutComments(textOf(path))]),
);
const others = allFiles.filter(
  (path) => /^(tools|sim|bench|conformance|bin)\/.*\.(ts|mjs)$/.test(path) || isCatalogue(path),
);
const names = (text: string): ReadonlySet<string> => new Set(text.match(/\w+/g));
const named = new Map([...production].map(([path, text]) => [path, names(text)]));
const namedElsewhere = others.map((path) => names(textOf(path)));

/** Exports for tests alone: the store that forgets, on which the suites of the ports and the simulator run. */
const forTests = new Set(['memoryKeyring', 'memoryStore']);

function* leaves(value: unknown, place: string): Generator<string> {
  if (typeof value === 'string') yield place.replace(/[._](zero|one|two|few|many|other)$/, '');
  else for (const [key, inner] of Object.entries(value ?? {})) yield* leaves(inner, place ? `${place}.${key}` : key);
}

describe('everything that is written down can be reached', () => {
  it('every export is named by something that runs', () => {
    const unreached: string[] = [];
    for (const [path, text] of production) {
      for (const [, name = ''] of text.matchAll(
        /^export (?:async )?(?:const|function|class|interface|type)\s+(\w+)/gm,
      )) {
        const inItsFile = (text.match(new RegExp(`\\b${name}\\b`, 'g')) ?? []).length > 1;
        const inAnother = [...named].some(([other, words]) => other !== path && words.has(name));
        const isNamed = inItsFile || inAnother || namedElsewhere.some((words) => words.has(name));
        if (!isNamed && !forTests.has(name)) unreached.push(`${path}: ${name}`);
      }
    }
    expect(unreached).toEqual([]);
  });

  it('every refusal is given by something that runs', () => {
    const list = 'src/protocol/refusal.ts';
    const texts = [...production].filter(([path]) => path !== list).map(([, text]) => text);
    const given = Object.keys(ruleOfRefusal).filter((code) => texts.some((text) => text.includes(`'${code}'`)));
    expect(Object.keys(ruleOfRefusal).filter((code) => !given.includes(code))).toEqual([]);
  });

  it('every message is shown somewhere', async () => {
    const texts = [...production.values()];
    const all = texts.join('\n');
    const words = names(all);
    const prefixes = [...all.matchAll(/`([\w.-]+?)\$\{/g)].map(([, prefix = '']) => prefix);
    const isShown = (place: string) => {
      const last = place.slice(place.lastIndexOf('.') + 1);
      const isQuoted = all.includes(`'${place}'`) || all.includes(`'${last}'`);
      return isQuoted || words.has(last) || prefixes.some((prefix) => place.startsWith(prefix));
    };
    const unshown: string[] = [];
    for (const path of filesIn('src/', /\.en\.ts$/).filter((one) => !one.includes('/refusal-text/'))) {
      const catalogue = (await import(new URL(`../../${path}`, import.meta.url).href)) as Record<string, unknown>;
      const places = new Set(Object.values(catalogue).flatMap((value) => [...leaves(value, '')]));
      unshown.push(...[...places].filter((place) => !isShown(place)).map((place) => `${path}: ${place}`));
    }
    expect(unshown).toEqual([]);
  });

  it('every column is known to something that runs', () => {
    const known = new Set([...named].flatMap(([path, words]) => (path === 'src/ports/tables.ts' ? [] : [...words])));
    const columns = [...textOf('db/schema.sql').matchAll(/create table (\w+) \(([\s\S]*?)\n\);/g)].flatMap(
      ([, table = '', body = '']) =>
        [...body.matchAll(/^ {2}(?!constraint)(\w+) /gm)].map(([, column = '']) => [table, column] as const),
    );
    expect(columns.length).toBeGreaterThan(150);
    expect(columns.filter(([, column]) => !known.has(column)).map((column) => column.join('.'))).toEqual([]);
  });
});
