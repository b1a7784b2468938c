/** One vitest that lives on: told of a mutant by its parent, it runs tests with it and says whether one failed. */
import { join } from 'node:path';
import { createVitest } from 'vitest/node';
import type { CodeMutant } from './mutate.ts';

export interface Asked {
  /** Null: the source as it is. */
  readonly mutant: CodeMutant | null;
  readonly tests: readonly string[];
}
export interface Answer {
  readonly failed: boolean;
}

const root = process.cwd();
let mutant: CodeMutant | null = null;

const vitest = await createVitest(
  'test',
  { config: join(import.meta.dirname, 'vitest.config.ts'), watch: false },
  {
    plugins: [
      {
        name: 'mutant',
        enforce: 'pre',
        transform(source, id) {
          if (mutant === null || id !== join(root, mutant.file)) return null;
          return source.slice(0, mutant.start) + mutant.replacement + source.slice(mutant.end);
        },
      },
    ],
  },
);

process.on('message', async (asked: Asked) => {
  const files = [mutant, asked.mutant].flatMap((one) => (one === null ? [] : [join(root, one.file)]));
  mutant = asked.mutant;
  for (const file of files) vitest.invalidateFile(file);
  vitest.state.filesMap.clear();
  const specifications = await vitest.globTestSpecifications(asked.tests.map((test) => join(root, test)));
  const result = await vitest.runTestSpecifications(specifications);
  const failed = result.testModules.some((module) => !module.ok()) || result.unhandledErrors.length > 0;
  process.send?.({ failed } satisfies Answer);
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
