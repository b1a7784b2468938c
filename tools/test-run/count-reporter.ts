import { writeFileSync } from 'node:fs';
import type { SerializedError, TestModule } from 'vitest/node';
import { nothing, type Skipped, type Tally } from './tally.ts';

/** Where the tally goes: the process that started vitest names the file. */
export const tallyPathVariable = 'TANSIQ_TEST_TALLY';

export function tallyOf(modules: readonly TestModule[], errors: readonly SerializedError[]): Tally {
  let passed = 0;
  const failures: string[] = [];
  const skipped: Skipped[] = [];
  for (const module of modules) {
    for (const test of module.children.allTests()) {
      const result = test.result();
      const title = `${module.relativeModuleId} › ${test.fullName}`;
      if (result.state === 'passed') passed += 1;
      else if (result.state === 'skipped') skipped.push({ title, why: result.note ?? 'no reason given in the test' });
      else failures.push(title);
    }
    // A file that cannot be loaded, or whose hooks fail, has no failed test of its own: it counts as one.
    if (!module.ok() && !failures.some((title) => title.startsWith(`${module.relativeModuleId} › `)))
      failures.push(module.relativeModuleId);
  }
  failures.push(...errors.map((error) => `outside any test: ${error.message}`));
  return { ...nothing, passed, failed: failures.length, failures, skipped };
}

export default class CountReporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const path = process.env[tallyPathVariable];
    if (path !== undefined) writeFileSync(path, JSON.stringify(tallyOf(modules, errors)));
  }
}
