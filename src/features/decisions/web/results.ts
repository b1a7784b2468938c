import type { OutcomeInput } from '../contract.ts';

export type Result = OutcomeInput['results'][number]['result'];

/** The chosen results with their typed numbers, or null while one of them is no whole number. */
export function resultsOf(typed: ReadonlyMap<Result, string>): OutcomeInput['results'] | null {
  const results = [...typed].map(([result, count]) => {
    if (result === 'none-yet') return { result, count: null };
    return /^\d{1,5}$/.test(count.trim()) ? { result, count: Number(count) } : null;
  });
  return results.every((one) => one !== null) ? results : null;
}
