import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';
import { add, failedCheck, lastLine, nothing, passedCheck } from './tally.ts';

describe('the last line of npm test', () => {
  it('counts tests and checks alike, and names what was skipped only where something was', () => {
    const tests = { passed: 40, failed: 0, skipped: [], failures: [] };
    expect(lastLine(add(tests, passedCheck))).toBe('41 passed, 0 failed');
    const withSkipped = { ...tests, skipped: [{ title: 'a', why: 'no Chromium' }] };
    expect(lastLine(add(withSkipped, failedCheck('build')))).toBe('40 passed, 1 failed, 1 skipped');
    expect(lastLine(nothing)).toBe('0 passed, 0 failed');
  });

  it('keeps the names of all that failed', () => {
    expect(add(failedCheck('types'), failedCheck('build')).failures).toEqual(['types', 'build']);
  });
});

describe('options of npm test', () => {
  it('reads --fast and paths, and refuses what it does not know', () => {
    expect(readOptions([])).toEqual({ fast: false, paths: [] });
    expect(readOptions(['--fast', 'src/kinds'])).toEqual({ fast: true, paths: ['src/kinds'] });
    expect(readOptions(['--quick'])).toBeNull();
  });
});
