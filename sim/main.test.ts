import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const sim = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
  return { status, lines: stdout.trimEnd().split('\n'), stderr };
};

describe('npm run sim', () => {
  it('says how many seeds passed, in its last line', () => {
    const { status, lines } = sim('--seed', '5', '--seeds', '2', '--nodes', '3', '--steps', '10');
    expect(lines.at(-1)).toBe('2 passed, 0 failed');
    expect(status).toBe(0);
  });

  it('[EXC-3] names the seed and the checker of a failure, and exits with 1', () => {
    const { status, lines } = sim('--seed', '5', '--nodes', '3', '--steps', '20', '--mutant', 'receipt-before-durable');
    expect(lines[0]).toMatch(/^seed 5: receipts only for durable batches: node \d → node \d batch \d+ is not on disk$/);
    expect(lines.at(-1)).toBe('0 passed, 1 failed');
    expect(status).toBe(1);
  });

  it.each([
    ['--nodes', '1'],
    ['--unknown', ''],
  ])('explains itself: %s %s', (...args) => {
    const { status, stderr } = sim(...args);
    expect(stderr).toContain('npm run sim');
    expect(status).toBe(2);
  });
});
