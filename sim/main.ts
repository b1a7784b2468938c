import { parseArgs } from 'node:util';
import { fakeCrypto, realCrypto } from './crypto.ts';
import { type Mutant, mutants } from './mutants.ts';
import { simulate } from './world.ts';

const usage = `npm run sim -- [--seed N] [--seeds M] [--nodes K] [--steps S] [--real] [--mutant NAME]
  --seed    first seed (1)            --seeds   how many, one after the other (1)
  --nodes   services per world (4)    --steps   things that officers do (60)
  --real    real signatures and seals instead of fast ones
  --mutant  with a mistake built in: ${mutants.join(', ')}`;

function wholeNumber(text: string, name: string, min: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < min) throw new RangeError(`--${name} is a whole number from ${min}`);
  return value;
}

function main(): number {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      seeds: { type: 'string', default: '1' },
      nodes: { type: 'string', default: '4' },
      steps: { type: 'string', default: '60' },
      real: { type: 'boolean', default: false },
      mutant: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const first = wholeNumber(values.seed, 'seed', 0);
  const seeds = wholeNumber(values.seeds, 'seeds', 1);
  const nodes = wholeNumber(values.nodes, 'nodes', 2);
  const steps = wholeNumber(values.steps, 'steps', 1);
  const mutant = mutants.find((name) => name === values.mutant);
  if (values.mutant !== undefined && mutant === undefined) throw new RangeError(`no such mutant: ${values.mutant}`);

  let failed = 0;
  for (let seed = first; seed < first + seeds; seed++) {
    const crypto = values.real ? realCrypto : fakeCrypto;
    const options = { seed, nodes, steps, crypto };
    const { failure, counts } = simulate(mutant === undefined ? options : { ...options, mutant: mutant as Mutant });
    if (failure !== null) {
      failed++;
      console.log(`seed ${seed}: ${failure.checker}: ${failure.what}`);
    } else if (seeds === 1) {
      console.log(`seed ${seed}: ${JSON.stringify(counts)}`);
    }
  }
  console.log(`${seeds - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

try {
  process.exitCode = main();
} catch (error) {
  // only what the caller of the command got wrong; anything else is a fault of the simulator and stays loud
  const isUsage = error instanceof RangeError || (error instanceof TypeError && 'code' in error);
  if (!isUsage) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
