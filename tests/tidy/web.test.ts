import { describe, expect, it } from 'vitest';
import { allFiles, filesIn, textOf, withoutComments } from './files.ts';

const physical =
  /(?<![\w-])((margin|padding|border|inset|scroll-margin|scroll-padding)-(left|right)|left|right|border-(top|bottom)-(left|right)-radius)\s*:|(text-align|float|clear)\s*:\s*(left|right)\b/;
const physicalInCode =
  /\b(marginLeft|marginRight|paddingLeft|paddingRight|borderLeft|borderRight)\b|\btextAlign:\s*['"](left|right)['"]/;

describe('right to left first', () => {
  it('style sheets know start and end, never left and right', () => {
    expect(physical.test('  margin-left: 1rem;')).toBe(true);
    expect(physical.test('text-align: right;')).toBe(true);
    expect(physical.test('  left: 0;')).toBe(true);
    expect(physical.test('margin-inline-start: 1rem; inset-inline-end: 0; text-align: start;')).toBe(false);
    const sheets = filesIn('src/', /\.css$/);
    expect(sheets.length).toBeGreaterThan(5);
    expect(linesWith(sheets, physical)).toEqual([]);
  });

  it('so do styles written in code', () => {
    expect(linesWith(filesIn('src/', /\.tsx$/), physicalInCode)).toEqual([]);
  });
});

const linesWith = (paths: readonly string[], pattern: RegExp): string[] =>
  paths.flatMap((path) =>
    withoutComments(textOf(path))
      .split('\n')
      .filter((line) => pattern.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );

describe('no external request, ever', () => {
  it('the screens name no address outside their own node', () => {
    const elsewhere = /(?<![\w:])(https?:)?\/\/(?!(127\.0\.0\.1|localhost|www\.w3\.org\/)\b)[a-z0-9-]+(\.[a-z0-9-]+)+/i;
    expect(elsewhere.test('@import url(https://fonts.example.com/a.css)')).toBe(true);
    expect(elsewhere.test('src="//cdn.example.com/a.js"')).toBe(true);
    const screens = allFiles.filter(
      (path) =>
        path === 'index.html' ||
        (/^src\/(web|features\/[^/]+\/web)\//.test(path) && /\.(tsx?|css|html|svg)$/.test(path)),
    );
    expect(screens.length).toBeGreaterThan(20);
    // An address given as an example in a sentence is never fetched; RFC 2606 keeps these names for that.
    const found = linesWith(screens, elsewhere).filter((line) => !/\.(example|test|invalid)\b/.test(line));
    expect(found).toEqual([]);
  });

  it('nothing is inline in index.html, so that the policy needs no exception', () => {
    const html = textOf('index.html');
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(html).not.toMatch(/<style|\son\w+=|\sstyle=/);
  });
});
