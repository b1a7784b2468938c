/** A thread that plays one world after another, as it is told to. */
import { parentPort } from 'node:worker_threads';
import { fakeCrypto, realCrypto } from './crypto.ts';
import { mutants } from './mutants/index.ts';
import { simulate } from './world.ts';

/** A world in words that can be sent to a thread. */
export interface WorldOrder {
  readonly seed: number;
  readonly nodes: number;
  readonly steps: number;
  readonly real: boolean;
  readonly mutant: string | null;
}

parentPort?.on('message', ({ seed, nodes, steps, real, mutant: name }: WorldOrder) => {
  const mutant = mutants.find((known) => known.name === name);
  const options = { seed, nodes, steps, crypto: real ? realCrypto : fakeCrypto };
  parentPort?.postMessage(simulate(mutant === undefined ? options : { ...options, mutant }));
});
