import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const sim = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
  return { status, lines: stdout.trimEnd().split('\n'), stderr };
};

describe('npm run sim', () => {
  it('says how many steps were played and how many worlds passed, in its last two lines', () => {
    const { status, lines } = sim('--seed', '5', '--seeds', '2', '--nodes', '3', '--steps', '200', '--threads', '2');
    expect(lines.at(-2)).toMatch(/^\d{3,} steps in \d+\.\d s$/);
    expect(lines.at(-1)).toBe('2 passed, 0 failed');
    expect(status).toBe(0);
  });

  it('[EXC-3] names seed, options and checker of a failure, so that it can be played again, and exits with 1', () => {
    const mutant = ['--mutant', 'receipt-before-durable'];
    const { status, lines } = sim('--seed', '4', '--seeds', '6', '--nodes', '3', '--steps', '600', ...mutant);
    expect(lines[0]).toMatch(
      /^--seed \d+ --nodes 3 --steps 600: receipts only for durable batches: node \d → node \d batch \d+: not on disk$/,
    );
    expect(lines.at(-1)).toMatch(/^\d passed, [1-6] failed$/);
    expect(status).toBe(1);
  });

  it.each([
    ['--nodes', '1'],
    ['--nodes', '201'],
    ['--minutes', '0'],
    ['--mutant', 'no-such'],
    ['--unknown', ''],
  ])('explains itself: %s %s', (...args) => {
    const { status, stderr } = sim(...args);
    expect(stderr).toContain('npm run sim');
    expect(status).toBe(2);
  });
});
