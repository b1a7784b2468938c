import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const notOurs = new Set(['node_modules', 'dist', '.git', '.tansiq', 'coverage']);

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (notOurs.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (entry.isFile()) yield relative(root, path).replaceAll('\\', '/');
  }
}

/** Every file of the project, by its path from the root with `/`. Read once. */
export const allFiles: readonly string[] = [...walk(root)].sort();

export const filesIn = (folder: string, pattern: RegExp): string[] =>
  allFiles.filter((path) => path.startsWith(folder) && pattern.test(path));

export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The code without its comments: what a ban means is what runs. Good enough for our own style, not a parser. */
export const withoutComments = (code: string): string =>
  code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1');

export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || /\.contract\.ts$/.test(path);
