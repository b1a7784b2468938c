/** The demo's directory: a note of whose it is and whether its story was told, and one home per service. */
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serviceCodes } from './story/services.ts';

export interface DemoNote {
  readonly demo: 1;
  /** The services know each other by their addresses, so a home belongs to its ports. */
  readonly basePort: number;
  readonly storyTold: boolean;
}

export type HomeState = 'empty' | 'told' | 'interrupted' | 'foreign';

export async function readNote(home: string): Promise<DemoNote | null> {
  try {
    const note = JSON.parse(await readFile(noteOf(home), 'utf8')) as Partial<DemoNote> | null;
    const { basePort, storyTold } = note ?? {};
    return note?.demo === 1 && typeof basePort === 'number'
      ? { demo: 1, basePort, storyTold: storyTold === true }
      : null;
  } catch {
    return null;
  }
}

/** Foreign: there are homes of services, but no note that the demo made them; nothing there may be thrown away. */
export async function stateOf(home: string): Promise<HomeState> {
  const note = await readNote(home);
  if (note) return note.storyTold ? 'told' : 'interrupted';
  const found = await Promise.all(serviceCodes.map((code) => stat(join(home, code)).catch(() => null)));
  return found.some((one) => one !== null) ? 'foreign' : 'empty';
}

/** Throws away what an earlier telling left, and notes that a new one begins. Only what the demo made is touched. */
export async function beginAfresh(home: string, basePort: number): Promise<void> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  await writeNote(home, { demo: 1, basePort, storyTold: false });
  for (const code of serviceCodes) await rm(join(home, code), { recursive: true, force: true });
}

/** Only now may a later start skip the story. */
export async function noteStoryTold(home: string, basePort: number): Promise<void> {
  await writeNote(home, { demo: 1, basePort, storyTold: true });
}

async function writeNote(home: string, note: DemoNote): Promise<void> {
  const beside = `${noteOf(home)}.new`;
  await writeFile(beside, `${JSON.stringify(note)}\n`, { flush: true });
  await rename(beside, noteOf(home));
}

const noteOf = (home: string): string => join(home, 'demo.json');
