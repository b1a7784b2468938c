import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allFiles, filesIn, textOf } from './files.ts';

const documents = allFiles.filter((path) => path.endsWith('.md'));
const decisions = filesIn('docs/adr/', /\.md$/);
const scripts = (JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }).scripts;

describe('documents', () => {
  it.each(decisions)('%s has context, decision and consequences, in at most 60 lines', (path) => {
    const text = textOf(path);
    expect(text.match(/^## .+$/gm)).toEqual(['## Context', '## Decision', '## Consequences']);
    expect(text.split('\n').length).toBeLessThanOrEqual(61);
  });

  it('decisions are numbered 1, 2, 3 … without a gap', () => {
    const numbers = decisions.map((path) => posix.basename(path).slice(0, 4));
    expect(numbers.length).toBeGreaterThanOrEqual(8);
    expect(numbers).toEqual(numbers.map((_, index) => String(index + 1).padStart(4, '0')));
  });

  it('the map has at most 200 lines', () => {
    expect(textOf('ARCHITECTURE.md').split('\n').length).toBeLessThanOrEqual(201);
  });

  it('every folder under src stands on the map', () => {
    const map = textOf('ARCHITECTURE.md');
    const folders = new Set(filesIn('src/', /./).map((path) => path.split('/')[1] ?? ''));
    expect([...folders].filter((folder) => !map.includes(`src/${folder}`))).toEqual([]);
  });

  it('paths that the map and the decisions name are there', () => {
    const pattern = /`((?:src|tests|tools|bin|db|sim|spec|docs)\/[\w./*-]*)`/g;
    const missing = ['ARCHITECTURE.md', 'SECURITY.md', 'STYLE.md', 'CONTRIBUTING.md', ...decisions].flatMap((path) =>
      [...textOf(path).matchAll(pattern)]
        .map((match) => match[1] ?? '')
        .filter(
          (name) =>
            !name.includes('*') && !allFiles.some((file) => `${file}/`.startsWith(`${name.replace(/\/$/, '')}/`)),
        )
        .map((name) => `${path}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('links to files lead somewhere', () => {
    const broken = documents.flatMap((path) =>
      [...textOf(path).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map((match) => match[1] ?? '')
        .filter((target) => !/^[a-z]+:/.test(target))
        .map((target) => posix.normalize(posix.join(posix.dirname(path), target)))
        .filter((target) => !existsSync(target))
        .map((target) => `${path} → ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('npm commands that they name exist', () => {
    const builtIn = new Set(['ci', 'run']);
    const named = documents.flatMap((path) =>
      [...textOf(path).matchAll(/`npm (?:run )?([a-z-]+)/g)]
        .map((match) => match[1] ?? '')
        .filter((name) => !(name in scripts) && !builtIn.has(name))
        .map((name) => `${path}: npm ${name}`),
    );
    expect(named).toEqual([]);
  });

  it('the glossary has each concept in three languages', () => {
    const rows = textOf('docs/glossary.md')
      .split('\n')
      .filter((line) => /^\| `/.test(line))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    expect(rows.length).toBeGreaterThan(40);
    for (const [word, english, arabic, french, meaning] of rows) {
      expect([english, french, meaning].every(Boolean), word).toBe(true);
      expect(arabic, word).toMatch(/\p{Script=Arabic}/u);
    }
    expect(new Set(rows.map(([word]) => word)).size).toBe(rows.length);
  });
});
