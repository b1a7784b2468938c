/** `npm test`: every check and every test in one command, added up in its last line. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tallyPathVariable } from './count-reporter.ts';
import { readOptions, type TestOptions, usage } from './options.ts';
import { root, runTool } from './run-program.ts';
import { findChromium, provideSystemPrograms } from './system-programs.ts';
import { add, failedCheck, lastLine, nothing, passedCheck, type Tally } from './tally.ts';

const checks = [
  { name: 'types', script: 'typescript/bin/tsc', args: ['-p', '.'] },
  { name: 'types of the pure core', script: 'typescript/bin/tsc', args: ['-p', 'src/protocol'] },
  { name: 'style and layers', script: '@biomejs/biome/bin/biome', args: ['check', '--max-diagnostics=50', '.'] },
  { name: 'build of the screens', script: '../bin/bootstrap.mjs', args: ['build'] },
] as const;

const heading = (text: string) => console.log(`\n── ${text}`);

async function runChecks(): Promise<Tally> {
  let tally = nothing;
  for (const { name, script, args } of checks) {
    heading(name);
    const ok = await runTool(script, args, { minutesMax: 10 });
    console.log(ok ? 'passed' : 'FAILED');
    tally = add(tally, ok ? passedCheck : failedCheck(name));
  }
  return tally;
}

async function runTests({ fast, paths }: TestOptions): Promise<Tally> {
  heading(paths.length > 0 ? `tests in ${paths.join(', ')}` : fast ? 'tests, the fast ones' : 'tests');
  const folder = mkdtempSync(join(tmpdir(), 'tansiq-test-run-'));
  const tallyPath = join(folder, 'tally.json');
  const reporters = ['--reporter=default', `--reporter=${root}tools/test-run/count-reporter.ts`];
  const chromium = findChromium();
  const ok = await runTool('vitest/vitest.mjs', ['run', ...reporters, ...paths], {
    minutesMax: 45,
    env: {
      [tallyPathVariable]: tallyPath,
      TANSIQ_TEST_FAST: fast ? '1' : '0',
      ...(chromium && { CHROMIUM_PATH: chromium }),
    },
  });
  try {
    const tally = JSON.parse(readFileSync(tallyPath, 'utf8')) as Tally; // written by our own reporter
    if (tally.passed + tally.failed === 0) return add(tally, failedCheck('no test ran at all'));
    return ok || tally.failed > 0 ? tally : add(tally, failedCheck('vitest ended with an error of its own'));
  } catch {
    return failedCheck('vitest ended before it had counted its tests');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sumUp(tally: Tally): void {
  const reasons = Map.groupBy(tally.skipped, ({ why }) => why);
  for (const [why, tests] of reasons) {
    heading(`${tests.length} skipped: ${why}`);
    for (const { title } of tests.slice(0, 20)) console.log(`   ${title}`);
    if (tests.length > 20) console.log(`   and ${tests.length - 20} more`);
  }
  if (tally.failures.length > 0) heading('failed');
  for (const failure of tally.failures) console.log(`   ${failure}`);
  console.log(`\n${lastLine(tally)}`);
}

const options = readOptions(process.argv.slice(2));
if (options === null) {
  console.error(usage);
  process.exit(2);
}
const whole = options.paths.length === 0;
if (!options.fast) await provideSystemPrograms();
const tally = add(whole ? await runChecks() : nothing, await runTests(options));
sumUp(tally);
process.exitCode = tally.failed > 0 ? 1 : 0;
