/** The demo: three services on this machine with the founding story, until it is stopped. */
import { join, resolve } from 'node:path';
import { beginAfresh, noteStoryTold, readNote, stateOf } from './demo-home.ts';
import { residentBytes } from './memory.ts';
import { playStory, type Step } from './play-story.ts';
import { takenPort } from './ports.ts';
import { createStage } from './stage.ts';
import { type ServiceCode, serviceCodes, services } from './story/services.ts';
import { type Supervised, supervise } from './supervise.ts';

export const defaultBasePort = 7_100;
const host = '127.0.0.1';

/** Why the demo cannot start here; the command line has the sentences. */
export type DemoProblem =
  | { readonly problem: 'port-taken'; readonly port: number }
  | { readonly problem: 'home-elsewhere'; readonly port: number }
  | { readonly problem: 'home-foreign' };

export type DemoEvent =
  | { readonly event: 'starting' }
  | { readonly event: 'started'; readonly service: ServiceCode; readonly url: string }
  | { readonly event: 'restarted' | 'gave-up'; readonly service: ServiceCode }
  | { readonly event: 'again' }
  | { readonly event: 'story'; readonly step: Step }
  | { readonly event: 'ready'; readonly urls: Urls; readonly residentBytes: number | null };

export type Urls = { readonly [S in ServiceCode]: string };

export interface DemoOptions {
  readonly basePort: number;
  readonly home: string;
  readonly reset: boolean;
  readonly stop: AbortSignal;
  tell(event: DemoEvent): void;
}

/** Resolves once `stop` aborts and every process has ended, or at once with the problem that keeps it from starting. */
export async function runDemo({ basePort, home, reset, stop, tell }: DemoOptions): Promise<DemoProblem | null> {
  const problem = await whatStandsInTheWay(home, basePort, reset);
  if (problem) return problem;
  const state = await stateOf(home);
  const story = reset || state !== 'told';
  if (story) {
    if (state === 'interrupted' && !reset) tell({ event: 'again' });
    await beginAfresh(home, basePort);
  }

  tell({ event: 'starting' });
  const urls = urlsFrom(basePort);
  const ended = new AbortController();
  const over = AbortSignal.any([stop, ended.signal]);
  let aheadMs = 0;
  const running = new Map<ServiceCode, Supervised>();
  for (const [place, service] of services.entries()) {
    running.set(
      service.code,
      supervise({
        options: {
          home: resolve(home, service.code),
          port: basePort + place,
          officers: service.officers.map((officer) => officer.login),
          neighbours: services
            .filter((other) => other !== service)
            .map(({ code, names }) => ({ code, names, url: urls[code] })),
        },
        aheadMs: () => aheadMs,
        onRestart: () => tell({ event: 'restarted', service: service.code }),
        onGiveUp: () => {
          tell({ event: 'gave-up', service: service.code });
          ended.abort(new Error(`${service.code} ends again and again`));
        },
      }),
    );
  }
  try {
    for (const [service, supervised] of running) {
      await Promise.race([supervised.ready, aborted(over)]);
      over.throwIfAborted();
      tell({ event: 'started', service, url: urls[service] });
    }
    if (story) {
      const onTime = (now: Date | null) => {
        aheadMs = now === null ? 0 : now.getTime() - Date.now();
        if (now === null) for (const supervised of running.values()) supervised.toRealTime();
      };
      const stage = createStage({ urls, onTime, stop: over });
      await playStory(stage, new Date(), (step) => tell({ event: 'story', step }));
      await noteStoryTold(home, basePort);
    }
    const pids = [...running.values()].map((supervised) => supervised.pid()).filter((pid) => pid !== undefined);
    tell({ event: 'ready', urls, residentBytes: await residentBytes([process.pid, ...pids]) });
    await aborted(over);
    ended.signal.throwIfAborted();
    return null;
  } catch (error) {
    // Stopped in the middle of the story: the next start begins it anew.
    if (stop.aborted) return null;
    throw error;
  } finally {
    await Promise.all([...running.values()].map((supervised) => supervised.stop()));
  }
}

async function whatStandsInTheWay(home: string, basePort: number, reset: boolean): Promise<DemoProblem | null> {
  const note = await readNote(home);
  if (note && note.basePort !== basePort && !reset) return { problem: 'home-elsewhere', port: note.basePort };
  if ((await stateOf(home)) === 'foreign') return { problem: 'home-foreign' };
  // Nodes of a demo that was killed end by themselves within moments: wait for them, not for strangers.
  const patienceMs = note ? 10_000 : 0;
  const end = Date.now() + patienceMs;
  for (;;) {
    const port = await takenPort(
      Object.keys(services).map((place) => basePort + Number(place)),
      host,
    );
    if (port === null) return null;
    if (Date.now() > end) return { problem: 'port-taken', port };
    await new Promise((again) => setTimeout(again, 250));
  }
}

function urlsFrom(basePort: number): Urls {
  const entries = serviceCodes.map((code, place) => [code, `http://${host}:${basePort + place}`] as const);
  // The cast holds because every code is there.
  return Object.fromEntries(entries) as Urls;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
}

export function defaultHome(basePort: number): string {
  return join('.tansiq', basePort === defaultBasePort ? 'demo' : `demo-${basePort}`);
}
