import type { UnixMs } from '#src/protocol/primitives.ts';
import { AfterCommit, PowerCut } from './disk.ts';
import { NodeDisk } from './node-disk.ts';
import type { World } from './world.ts';

const tickMs = 1_000;
const downMsMax = 20_000;

/** A computer with a disk, a clock that is off, and power that may fail between any two effects. */
export abstract class Machine {
  readonly disk = new NodeDisk();
  readonly world: World;
  isUp = false;
  /** Counts starts, so that what an earlier process had under way cannot reach this one. */
  life = 0;
  restores = 0;
  /** Since a restore, and until partners have said what they have of us, the operator keeps officers out. */
  isUnsure = false;
  /** In a file beside the disk, which a restore of the disk alone leaves as it is. */
  #startsAtHome = 0;
  #backup: { readonly restore: () => void; readonly startsAtHome: number } | null = null;
  #clockErrorMs = 0;
  /** Seconds gained or lost per second. */
  #clockDrift = 0;

  constructor(world: World) {
    this.world = world;
    this.#clockDrift = world.random.pick([0, 0, 0.0001, -0.0001, 0.02, -0.02]);
  }

  /** The disk turns out to be older than the machine: it was restored from a backup. */
  protected abstract noticeOldDisk(): void;

  /** Called when the process starts, and then every second while it lives. */
  protected abstract tick(restarted: boolean): void;

  /** Off by minutes, in some worlds by a day, running fast or slow, and set anew now and then, backwards too. */
  get now(): UnixMs {
    const { now, startMs } = this.world.clock;
    return Math.floor(now + this.#clockErrorMs + (now - startMs) * this.#clockDrift);
  }

  start(): void {
    const { random, clock, network } = this.world;
    this.isUp = true;
    const { skewMsMax } = network.faults;
    if (skewMsMax > 0 && random.chance(0.3)) this.#clockErrorMs = random.between(-skewMsMax, skewMsMax);
    const life = ++this.life;
    this.#countStart();
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
      this.world.checkers.watch.counts.powerCuts++;
      this.goDown(this.world.random.between(10, downMsMax));
    }
  }

  takeBackup(): void {
    this.#backup = { restore: this.disk.backup(), startsAtHome: this.#startsAtHome };
  }

  /** The disk burns, and what was saved last takes its place; with `whole`, all of the machine goes back, its home too. */
  restoreBackup({ whole, takesMs }: { whole: boolean; takesMs: number }): boolean {
    const backup = this.#backup;
    if (backup === null) return false;
    this.goDown(takesMs);
    backup.restore();
    if (whole) this.#startsAtHome = backup.startsAtHome;
    this.restores++;
    this.isUnsure = true;
    this.world.checkers.watch.counts.restores++;
    return true;
  }

  /** The same machine a second time, as a virtual one that was started twice. */
  protected becomeTwinOf(other: Machine): void {
    this.disk.takeFrom(other.disk);
    this.#startsAtHome = other.#startsAtHome;
  }

  #countStart(): void {
    const { counters } = this.disk;
    this.unit(() => {
      if ((counters.get('starts') ?? 0) < this.#startsAtHome) this.noticeOldDisk();
      counters.set('starts', Math.max(this.#startsAtHome, counters.get('starts') ?? 0) + 1);
    });
    if (this.isUp) this.#startsAtHome = counters.get('starts') ?? 0;
  }

  powerMayFail(): void {
    if (this.world.random.chance(this.world.network.faults.powerCut)) throw new PowerCut();
  }

  /** Loses what was not committed, and comes back after a while, or when the world heals. */
  goDown(forMs: number): void {
    this.disk.giveUp();
    this.isUp = false;
    const life = ++this.life;
    this.world.clock.after(forMs, () => {
      if (!this.isUp && this.life === life) this.start();
    });
  }
}
