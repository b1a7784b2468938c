import { StoreUnavailable } from '#src/ports/database.ts';
import type { SchemaFiles } from '../schema/files.ts';
import { migrate } from '../schema/migrate.ts';
import type { Lease, Sessions } from '../sessions.ts';
import { type EmbeddedRun, openWorker } from './open-worker.ts';
import { type TurnLimits, Turns } from './turns.ts';

export interface EmbeddedLimits extends TurnLimits {
  /** A query that has not answered by then is ended with its worker. */
  readonly answerMsMax: number;
}
export const embeddedLimits: EmbeddedLimits = { waitingMax: 500, waitMsMax: 30_000, answerMsMax: 30_000 };

/** The one session of the embedded database, given to one transaction at a time, and opened again when it is lost. */
export async function embeddedSessions(dataDir: string, files: SchemaFiles, limits: EmbeddedLimits): Promise<Sessions> {
  const turns = new Turns(limits);
  let run: EmbeddedRun | null = await open();
  let closed = false;

  async function open(): Promise<EmbeddedRun> {
    const opened = await openWorker(dataDir, limits.answerMsMax);
    try {
      await migrate(opened.client, files);
      // From here on even `reset role` leads to a role that may do nothing
      await opened.client.query('set session authorization tansiq_session');
    } catch (error) {
      await opened.stop();
      throw error;
    }
    return opened;
  }

  return {
    async lease(): Promise<Lease> {
      const end = await turns.take();
      try {
        if (closed) throw new StoreUnavailable('the database is closed');
        if (run?.lost()) run = null;
        run ??= await open();
      } catch (error) {
        end();
        throw error;
      }
      const { client, stop } = run;
      return {
        client,
        release(broken) {
          if (broken && run?.client === client) {
            run = null;
            void stop().then(end, end);
          } else end();
        },
      };
    },

    async close() {
      const end = await turns.take();
      closed = true;
      await run?.stop();
      end();
    },
  };
}
