/** Runs the tests against each mutant of some files, and says which of them no test noticed. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CodeMutant, codeMutants } from './mutate.ts';
import { createReach, type Reaching } from './reach.ts';
import { equivalentCode } from './survivors.ts';
import type { Answer, Asked } from './worker.ts';

export interface CodeRun {
  readonly root: string;
  /** A folder or a file below `root`. */
  readonly path: string;
  /** How many mutants at most, drawn by `seed`; null: all. */
  readonly sample: number | null;
  readonly seed: number;
  say(line: string): void;
}

/** Longer than any test may take: an endless loop is a mutant that was noticed. */
const patienceMs = 240_000;

/** Resolves with whether every mutant was noticed, or is known to be no mutant at all. */
export async function runCodeMutants({ root, path, sample, seed, say }: CodeRun): Promise<boolean> {
  const files = path.endsWith('.ts') ? [path] : globSync(`${path}/**/*.ts`, { cwd: root });
  const sources = files.filter((file) => !/\.(test|contract)\.tsx?$/.test(file)).toSorted();
  const all = sources.flatMap((file) => codeMutants(file, readFileSync(join(root, file), 'utf8')));
  const mutants = sample === null ? all : drawn(all, sample, seed);
  const reach = createReach(root);
  const runner = new Runner(root);
  const broken = new Set<string>();
  const scores = new Map<string, { noticed: number; equivalent: number; survived: number }>();
  try {
    for (const mutant of mutants) {
      const tests = reach(mutant.file);
      if (broken.has(mutant.file)) continue;
      const score = scores.get(mutant.file) ?? { noticed: 0, equivalent: 0, survived: 0 };
      if (!scores.has(mutant.file) && (await noticed(runner, null, tests))) {
        broken.add(mutant.file);
        say(`left out: the tests of ${mutant.file} fail without any mutant`);
        continue;
      }
      scores.set(mutant.file, score);
      const isNoticed = await noticed(runner, mutant, tests);
      if (isNoticed) score.noticed++;
      else if (equivalentCode[mutant.name] !== undefined) score.equivalent++;
      else score.survived++;
      if (isNoticed && equivalentCode[mutant.name] !== undefined) say(`noticed, so not equivalent: ${mutant.name}`);
      if (!isNoticed && equivalentCode[mutant.name] === undefined)
        say(`not noticed: ${mutant.name} (line ${mutant.line})`);
    }
  } finally {
    runner.end();
  }
  for (const [file, { noticed, equivalent, survived }] of scores) {
    say(`${share(noticed, survived)} ${file}: ${noticed} noticed, ${equivalent} equivalent, ${survived} not noticed`);
  }
  const sum = (of: 'noticed' | 'equivalent' | 'survived') =>
    [...scores.values()].reduce((all, one) => all + one[of], 0);
  const of = sample === null ? '' : ` (drawn from ${all.length} with seed ${seed})`;
  say(
    `${share(sum('noticed'), sum('survived'))} ${path}: ${mutants.length} mutants${of}: ${sum('noticed')} noticed, ` +
      `${sum('equivalent')} equivalent, ${sum('survived')} not noticed`,
  );
  return mutants.length > 0 && broken.size === 0 && sum('survived') === 0;
}

async function noticed(runner: Runner, mutant: CodeMutant | null, reaching: Reaching): Promise<boolean> {
  for (const tests of reaching) if (tests.length > 0 && (await runner.notices({ mutant, tests }))) return true;
  return false;
}

function share(noticed: number, survived: number): string {
  return `${Math.floor((100 * noticed) / Math.max(1, noticed + survived))} %`.padStart(5);
}

/** The same for the same seed: a linear congruential generator (Numerical Recipes) is random enough to choose tests by. */
function drawn(all: readonly CodeMutant[], count: number, seed: number): CodeMutant[] {
  let state = seed >>> 0;
  const placed = all.map((mutant) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return { mutant, place: state };
  });
  const chosen = placed.toSorted((a, b) => a.place - b.place).slice(0, count);
  return chosen
    .map(({ mutant }) => mutant)
    .toSorted((a, b) => (a.file < b.file ? -1 : Number(a.file > b.file)) || a.start - b.start);
}

/** A worker process, begun anew when a mutant makes it hang. */
class Runner {
  readonly #root: string;
  #child: ChildProcess | null = null;

  constructor(root: string) {
    this.#root = root;
  }

  async notices(asked: Asked): Promise<boolean> {
    const child = await this.#ready();
    const answer = new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => {
        this.end();
        resolve(true);
      }, patienceMs);
      child.once('message', ({ failed }: Answer) => {
        clearTimeout(timer);
        resolve(failed);
      });
      child.once('exit', () => {
        clearTimeout(timer);
        this.#child = null;
        resolve(true);
      });
    });
    child.send(asked);
    return answer.finally(() => child.removeAllListeners());
  }

  async #ready(): Promise<ChildProcess> {
    if (this.#child !== null) return this.#child;
    const child = fork(join(import.meta.dirname, 'worker.ts'), {
      cwd: this.#root,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    await once(child, 'message');
    this.#child = child;
    return child;
  }

  end(): void {
    this.#child?.removeAllListeners();
    this.#child?.kill('SIGKILL');
    this.#child = null;
  }
}
