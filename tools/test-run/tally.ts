/** What ran, added up to the one line that the test command ends with. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly Skipped[];
  /** What failed, one line each, for the end of a long output. */
  readonly failures: readonly string[];
}
export interface Skipped {
  readonly title: string;
  readonly why: string;
}

export const nothing: Tally = { passed: 0, failed: 0, skipped: [], failures: [] };

export const passedCheck: Tally = { ...nothing, passed: 1 };
export const failedCheck = (name: string): Tally => ({ ...nothing, failed: 1, failures: [name] });

export function add(a: Tally, b: Tally): Tally {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: [...a.skipped, ...b.skipped],
    failures: [...a.failures, ...b.failures],
  };
}

/** `N passed, N failed`, then `, N skipped` where something was: machines read it, so its form never changes. */
export function lastLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`;
}
