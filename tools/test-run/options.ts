export interface TestOptions {
  /** Leave out what takes minutes. */
  readonly fast: boolean;
  /** Only these test files, without the checks. Empty: everything. */
  readonly paths: readonly string[];
}

export const usage = `npm test                everything: types, style and layers, the build, all tests
npm test -- --fast      without browser journeys, the simulator's seeds and killed processes
npm test -- PATH…       only the test files whose path contains PATH`;

/** Null for an option that does not exist. */
export function readOptions(args: readonly string[]): TestOptions | null {
  const flags = args.filter((arg) => arg.startsWith('-'));
  if (flags.some((flag) => flag !== '--fast')) return null;
  return { fast: flags.length > 0, paths: args.filter((arg) => !arg.startsWith('-')) };
}
