import { join } from 'node:path';
import { StoreUnavailable } from '#src/ports/database.ts';
import { sqlState, toStoreError } from '../errors.ts';
import type { SchemaFiles } from '../schema/files.ts';
import { migrate } from '../schema/migrate.ts';
import type { Lease, Sessions } from '../sessions.ts';
import { prepareDataDirectory } from './data-directory.ts';
import { type MaintenanceLimits, maintain, maintenanceLimits } from './maintenance.ts';
import { type EmbeddedRun, openWorker } from './open-worker.ts';
import { ProcessLock } from './process-lock.ts';
import { type TurnLimits, Turns } from './turns.ts';

export interface EmbeddedLimits extends TurnLimits, MaintenanceLimits {
  /** A query that has not answered by then is ended with its worker. */
  readonly answerMsMax: number;
}
export const embeddedLimits: EmbeddedLimits = {
  waitingMax: 500,
  waitMsMax: 30_000,
  answerMsMax: 30_000,
  ...maintenanceLimits,
};

/**
 * The embedded database in `home`, which no other process may have open: its one session, given to one transaction at a
 * time, and opened again when it is lost.
 */
export async function embeddedSessions(home: string, files: SchemaFiles, limits: EmbeddedLimits): Promise<Sessions> {
  const lock = ProcessLock.take(join(home, 'database.lock'));
  try {
    const dataDir = await prepareDataDirectory(home, files);
    return await sessionsOn(dataDir, files, limits, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function sessionsOn(
  dataDir: string,
  files: SchemaFiles,
  limits: EmbeddedLimits,
  lock: ProcessLock,
): Promise<Sessions> {
  const turns = new Turns(limits);
  let run: EmbeddedRun | null = await openRun(dataDir, files, limits);
  let closed = false;
  let usedSinceMaintenance = false;

  async function lease(): Promise<Lease> {
    const end = await turns.take();
    try {
      if (closed) throw new StoreUnavailable('the database is closed');
      if (run?.lost()) run = null;
      run ??= await openRun(dataDir, files, limits);
    } catch (error) {
      end();
      throw error;
    }
    usedSinceMaintenance = true;
    const { client, terminate } = run;
    return {
      client,
      release(broken) {
        if (!broken) return end();
        run = null;
        void terminate().then(end, end);
      },
    };
  }

  const maintenance = setInterval(() => {
    if (!usedSinceMaintenance || turns.waiting > 0) return;
    void maintainOnce();
  }, limits.everyMs);
  maintenance.unref();

  async function maintainOnce(): Promise<void> {
    let given: Lease | null = null;
    try {
      given = await lease();
      await maintain(given.client);
      usedSinceMaintenance = false;
      given.release(false);
    } catch (error) {
      given?.release(true);
      // A session that was lost is opened again by the next transaction; anything else somebody has to look into
      if (!(toStoreError(error) instanceof StoreUnavailable)) {
        process.emitWarning(`upkeep of the embedded database failed (SQLSTATE ${sqlState(error) ?? 'unknown'})`);
      }
    }
  }

  async function close(): Promise<void> {
    clearInterval(maintenance);
    closed = true;
    try {
      const end = await turns.take();
      await run?.stop();
      end();
    } catch (error) {
      // Whoever has the turn does not give it back: the home is free again all the same
      await run?.terminate();
      throw error;
    } finally {
      lock.release();
    }
  }
  return { lease, close };
}

async function openRun(dataDir: string, files: SchemaFiles, limits: EmbeddedLimits): Promise<EmbeddedRun> {
  const run = await openWorker(dataDir, limits.answerMsMax);
  try {
    await migrate(run.client, files);
    // From here on even `reset role` leads to a role that may do nothing
    await run.client.query('set session authorization tansiq_session');
    return run;
  } catch (error) {
    await run.stop();
    throw error;
  }
}
