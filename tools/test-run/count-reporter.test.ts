import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tallyPathVariable } from './count-reporter.ts';
import { root } from './run-program.ts';
import type { Tally } from './tally.ts';

const fixtures = {
  'good.test.ts': `import { expect, it } from 'vitest';
    it('passes', () => expect(1).toBe(1));
    it('skips', (context) => context.skip('no such machine'));
    it.skip('skips silently', () => {});
    it('fails', () => expect(1).toBe(2));`,
  'broken.test.ts': `import './absent.ts';`,
  'hook.test.ts': `import { beforeAll, it } from 'vitest'; beforeAll(() => { throw new Error('no'); }); it('never runs', () => {});`,
};

describe('the reporter that counts', () => {
  let folder = '';
  let tally: Tally;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tansiq-reporter-'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const [name, text] of Object.entries(fixtures)) writeFileSync(join(folder, name), text);
    const tallyPath = join(folder, 'tally.json');
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const reporter = join(root, 'tools/test-run/count-reporter.ts');
    spawnSync(process.execPath, [vitest, 'run', '--root', folder, `--reporter=${reporter}`], {
      env: { ...process.env, [tallyPathVariable]: tallyPath },
    });
    tally = JSON.parse(readFileSync(tallyPath, 'utf8')) as Tally; // written by the reporter under test
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('counts what passed, and keeps the reason of what was skipped', () => {
    expect(tally.passed).toBe(1);
    expect(tally.skipped).toContainEqual({ title: 'good.test.ts › skips', why: 'no such machine' });
    expect(tally.skipped).toContainEqual({
      title: 'good.test.ts › skips silently',
      why: 'no reason given in the test',
    });
  });

  it('counts a failed test, a file that cannot be loaded and a hook that throws as failures', () => {
    expect(tally.failures).toContain('good.test.ts › fails');
    expect(tally.failures).toContain('broken.test.ts');
    expect(tally.failures.some((title) => title.startsWith('hook.test.ts'))).toBe(true);
    expect(tally.failed).toBe(tally.failures.length);
    expect(tally.failed).toBe(3);
  });
});
