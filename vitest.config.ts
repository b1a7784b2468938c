import { configDefaults, defineConfig } from 'vitest/config';

/** `npm test -- --fast` leaves out what takes minutes: browser journeys, the simulator's seeds, killed processes. */
const slow = ['tests/browser/**', 'tests/kill/**', '**/*.slow.test.ts'];
const exclude = [...configDefaults.exclude, 'dist/**', ...(process.env.TANSIQ_TEST_FAST === '1' ? slow : [])];

export default defineConfig({
  test: {
    pool: 'forks',
    environment: 'node',
    // The nodes of the tests are all on this machine.
    env: { TANSIQ_PARTNER_NETWORK: '127.0.0.0/8' },
    passWithNoTests: false,
    // Two shared cores and property tests: a default of five seconds fails by load, not by fault.
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: { name: 'parts', include: ['{src,sim,tools,bench,conformance}/**/*.test.{ts,tsx}'], exclude },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['tests/**/*.test.ts'],
          exclude,
          testTimeout: 120_000,
          // Whole nodes, clusters and browsers: one file at a time, after the parts, so that they share no core and no port.
          fileParallelism: false,
          globalSetup: ['tests/stage.ts'],
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
