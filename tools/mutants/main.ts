/**
 * `npm run mutants [-- PATTERN]`: mutants of the access policies whose names fit. `npm run mutants -- src/engine [--sample N]
 * [--seed S]`: mutants of the code in a folder or file, all of them or N that S draws.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCodeMutants } from './code/run.ts';
import { runPolicyMutants } from './policies-run.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
const [what = ''] = positionals;
const allNoticed = what.startsWith('src/')
  ? await runCodeMutants({
      root: join(import.meta.dirname, '../..'),
      path: what.replace(/\/$/, ''),
      sample: values.sample === undefined ? null : Number(values.sample),
      seed: Number(values.seed),
      say: (line) => console.log(line),
    })
  : await runPolicyMutants(new RegExp(what));
process.exitCode = allNoticed ? 0 : 1;
