import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { mutants } from './mutants/index.ts';
import { Random } from './random.ts';
import { runWorlds } from './run-worlds.ts';
import type { WorldOrder } from './worker.ts';

const usage = `npm run sim -- [--seed N] [--seeds M] [--nodes K] [--steps S] [--minutes T] [--threads W] [--real] [--mutant NAME]
  --seed     first seed (1)             --seeds    how many worlds, each with the next seed (1)
  --nodes    services per world, 2 to 200 (4)
  --steps    per world (2000): a step is one event that a link's core takes, or one act of an officer or a liar
  --minutes  worlds of all sizes with random seeds until the time is up; --seeds, --nodes and --steps do not count then
  --threads  worlds played at the same time (one per core)
  --real     real signatures and seals instead of fast ones
  --mutant   with a mistake built in: ${mutants.map(({ name }) => name).join(', ')}`;

function wholeNumber(text: string, name: string, min: number, max = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < min || value > max) {
    throw new RangeError(`--${name} is a whole number from ${min}${max < 1e6 ? ` to ${max}` : ''}`);
  }
  return value;
}

type Orders = { readonly threads: number; readonly next: () => WorldOrder | null; readonly alone: boolean };

function ordersOf(args: string[]): Orders | null {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: '1' },
      seeds: { type: 'string', default: '1' },
      nodes: { type: 'string', default: '4' },
      steps: { type: 'string', default: '2000' },
      minutes: { type: 'string' },
      threads: { type: 'string', default: String(availableParallelism()) },
      real: { type: 'boolean', default: false },
      mutant: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const seed = wholeNumber(values.seed, 'seed', 0);
  const seeds = wholeNumber(values.seeds, 'seeds', 1);
  const nodes = wholeNumber(values.nodes, 'nodes', 2, 200);
  const steps = wholeNumber(values.steps, 'steps', 1);
  const threads = wholeNumber(values.threads, 'threads', 1, 64);
  const { real, mutant = null } = values;
  if (mutant !== null && !mutants.some(({ name }) => name === mutant))
    throw new RangeError(`no such mutant: ${mutant}`);
  if (values.minutes !== undefined) {
    const untilMs = Date.now() + wholeNumber(values.minutes, 'minutes', 1) * 60_000;
    const next = () => (Date.now() < untilMs ? { ...worldOfAnySize(randomInt(2 ** 47)), real, mutant } : null);
    return { threads, next, alone: false };
  }
  let at = 0;
  const next = () => (at < seeds ? { seed: seed + at++, nodes, steps, real, mutant } : null);
  return { threads: Math.min(threads, seeds), next, alone: seeds === 1 };
}

/** Mostly small ones, which meet more of everything in the same time; the seed decides. */
function worldOfAnySize(seed: number): Pick<WorldOrder, 'seed' | 'nodes' | 'steps'> {
  const random = new Random(seed);
  const nodes = random.pick([2, 3, 4, 5, 6, 8, 12, 30, 200]);
  return { seed, nodes, steps: nodes * random.pick([200, 500, 2_000]) };
}

async function main(): Promise<number> {
  const orders = ordersOf(process.argv.slice(2));
  if (orders === null) {
    console.log(usage);
    return 0;
  }
  const startedAt = performance.now();
  const total = { passed: 0, failed: 0, steps: 0 };
  await runWorlds(orders.next, orders.threads, ({ failure, order, steps, counts }) => {
    total.steps += steps;
    total[failure === null ? 'passed' : 'failed']++;
    const again = `--seed ${order.seed} --nodes ${order.nodes} --steps ${order.steps}`;
    if (failure !== null) console.log(`${again}: ${failure.checker}: ${failure.what}`);
    else if (orders.alone) console.log(`${again}: ${JSON.stringify(counts)}`);
  });
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(`${total.steps} steps in ${seconds.toFixed(1)} s`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  // only what the caller of the command got wrong; anything else is a fault of the simulator and stays loud
  const isUsage = error instanceof RangeError || (error instanceof TypeError && 'code' in error);
  if (!isUsage) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
