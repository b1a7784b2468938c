import type { UnixMs } from '#src/protocol/primitives.ts';
import { AfterCommit, PowerCut } from './disk.ts';
import { NodeDisk } from './node-disk.ts';
import type { World } from './world.ts';

const tickMs = 1_000;
const clockErrorMsMax = 600_000;
const downMsMax = 20_000;

/** A computer with a disk, a clock that is off, and power that may fail between any two effects. */
export abstract class Machine {
  readonly disk = new NodeDisk();
  readonly world: World;
  isUp = false;
  /** Counts starts, so that what an earlier process had under way cannot reach this one. */
  life = 0;
  #clockErrorMs = 0;

  constructor(world: World) {
    this.world = world;
  }

  /** Called when the process starts, and then every second while it lives. */
  protected abstract tick(restarted: boolean): void;

  /** Minutes off, and set anew now and then when it starts, backwards too. */
  get now(): UnixMs {
    return this.world.clock.now + this.#clockErrorMs;
  }

  start(): void {
    const { random, clock } = this.world;
    this.isUp = true;
    if (random.chance(0.3)) this.#clockErrorMs = random.between(-clockErrorMsMax, clockErrorMsMax);
    const life = ++this.life;
    this.tick(true);
    const again = () => {
      if (!this.isUp || this.life !== life) return;
      this.tick(false);
      clock.after(tickMs, again);
    };
    clock.after(random.between(1, tickMs), again);
  }

  /** All of the work is committed, or none; what leaves the machine leaves afterwards. The power may go in between. */
  unit(work: (after: AfterCommit) => void): void {
    const after = new AfterCommit();
    try {
      work(after);
      this.powerMayFail();
      this.disk.commit();
      for (const note of after.notes) note();
      for (const leave of after.leaves) {
        this.powerMayFail();
        leave();
      }
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      this.#goDown();
    }
  }

  powerMayFail(): void {
    if (this.world.random.chance(this.world.network.faults.powerCut)) throw new PowerCut();
  }

  #goDown(): void {
    this.disk.giveUp();
    this.isUp = false;
    this.life++;
    this.world.checkers.counts.powerCuts++;
    this.world.clock.after(this.world.random.between(10, downMsMax), () => this.start());
  }
}
