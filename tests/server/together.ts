/**
 * Services that know each other. To set them up, compare their fingerprints and sign their agreements takes seconds: it is
 * done once in a run of the tests, and each file starts copies of the homes that came of it.
 */
import { cp, mkdir, mkdtemp, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { NodeOptions } from '#src/server/node.ts';
import { startNode } from '#src/server/node.ts';
import { quietPorts } from '../quiet-ports.ts';
import {
  type NewOfficer,
  openService,
  type Service,
  type Staff,
  staffAt,
  staffNode,
  temporaryHome,
} from './service.ts';
import { befriend, until } from './trust.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The directory of this run for what is staged once. */
    readonly stage: string;
  }
}

/** Every service has the same officers: each role, those of one desk alone, those who may read less than others. */
export const cast: readonly NewOfficer[] = [
  { login: 'liaison', role: 'liaison', desks: ['liaison'] },
  { login: 'director', role: 'director', desks: ['direction', 'liaison'] },
  { login: 'chief', role: 'director', desks: ['direction'] },
  { login: 'analyst', role: 'analyst', desks: ['liaison'] },
  { login: 'elsewhere', role: 'analyst', desks: ['analysis'] },
  { login: 'case-officer', role: 'case-officer', desks: ['liaison'] },
  { login: 'judicial', role: 'case-officer', desks: ['judicial'] },
  { login: 'junior', role: 'liaison', desks: ['liaison'], clearance: 1 },
  { login: 'initiate', role: 'liaison', desks: ['liaison'], compartments: ['orion'] },
  { login: 'oversight', role: 'oversight', desks: [] },
];

/** A home that a test may change, of a node that is not running. */
export interface StagedHome {
  readonly home: string;
  readonly id: string;
  /** Where its partners know it. */
  readonly port: number;
  readonly staff: Staff;
}
interface Staged {
  readonly code: string;
  readonly url: string;
  readonly id: string;
}

/** A service of a chain, and how the others name it. */
export interface Neighbour extends Service {
  readonly id: string;
}

/** Starts these services: each has an agreement in force with the one before it and the one after it, and knows no other. */
export async function startTogether<const C extends readonly string[]>(
  codes: C,
  options: Partial<NodeOptions> = {},
): Promise<{ -readonly [K in keyof C]: Neighbour }> {
  const homes = await stagedHomes(codes);
  const started = homes.map(async ({ home, id, port, staff }): Promise<Neighbour> => {
    const service = await openService(home, () => staff, { port, ...options });
    return { ...service, id };
  });
  // One for each code, in their order.
  return (await Promise.all(started)) as { -readonly [K in keyof C]: Neighbour };
}

/** Copies of their homes, in the order of their codes. */
export async function stagedHomes(codes: readonly string[]): Promise<StagedHome[]> {
  const directory = join(inject('stage'), codes.join('-'));
  const isStaged = await stat(directory).then(
    () => true,
    () => false,
  );
  if (!isStaged) await stage(codes, directory);
  const staged = JSON.parse(await readFile(join(directory, 'services.json'), 'utf8')) as Staged[];
  return Promise.all(
    staged.map(async ({ code, url, id }) => {
      const home = await temporaryHome();
      await cp(join(directory, code), home, { recursive: true });
      return { home, id, port: Number(new URL(url).port), staff: staffAt(url) };
    }),
  );
}

async function stage(codes: readonly string[], directory: string): Promise<void> {
  await mkdir(inject('stage'), { recursive: true });
  const under = await mkdtemp(join(inject('stage'), 'staging-'));
  const nodes = await Promise.all(
    codes.map(async (code) => {
      const node = await startNode({ home: join(under, code), port: await quietPorts(1), logLevel: 'silent' });
      return { code, node, staff: await staffNode(node.url, code, cast) };
    }),
  );
  const ids = new Map<string, string>();
  for (const [index, { code, staff }] of nodes.entries()) {
    const next = nodes[index + 1];
    if (!next) continue;
    const known = await befriend(staff, next.staff);
    ids.set(code, known.one);
    ids.set(next.code, known.other);
  }
  for (const { staff } of nodes) await allReceipted(staff);
  for (const { node } of nodes) await node.close();
  const staged = nodes.map(({ code, node }): Staged => ({ code, url: node.url, id: ids.get(code) ?? '' }));
  await writeFile(join(under, 'services.json'), JSON.stringify(staged));
  await rename(under, directory);
}

/** Nothing of the staging is under way when a test begins. */
function allReceipted(staff: Staff): Promise<true> {
  return until(async () => {
    const partners = await (await staff.as('director')).listPartners();
    return partners.every(({ link }) => link.unreceipted === 0) ? true : undefined;
  });
}
