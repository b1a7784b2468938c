import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import project from '../../../vitest.config.ts';

/** The project's tests as one lot that ends with the first failure: a mutant needs one test that notices it. */
export default defineConfig({
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  test: {
    env: project.test?.env ?? {},
    pool: 'forks',
    environment: 'node',
    include: ['{src,sim,tools}/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'],
    globalSetup: ['tests/stage.ts'],
    maxWorkers: 2,
    bail: 1,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: [{}],
    // A mutant is no version of its file that another run may find.
    fsModuleCache: false,
  },
});
