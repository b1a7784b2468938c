/** Small files that must be whole or not there, mode 0600, durable when the promise resolves. */
import { randomUUID } from 'node:crypto';
import { link, open, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Never replaces what is there: false where the name is taken. */
export async function writeNew(path: string, text: string): Promise<boolean> {
  const draft = await writeDraft(path, text);
  try {
    // Unlike rename, link never replaces what is there.
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    await unlink(draft);
  }
  await syncDirectory(dirname(path));
  return true;
}

/** Takes the place of what was there, in one step. */
export async function replaceFile(path: string, text: string): Promise<void> {
  await rename(await writeDraft(path, text), path);
  await syncDirectory(dirname(path));
}

/** Gone when it resolves; nothing happens where there was no such file. */
export async function removeFile(path: string): Promise<void> {
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await syncDirectory(dirname(path));
}

export type Access = 'absent' | 'owner-only' | 'too-open';

/** Who may read a file. Windows has no such bits: there the directory's access list decides. */
export async function accessOf(path: string): Promise<Access> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (found === null) return 'absent';
  return process.platform !== 'win32' && (found.mode & 0o077) !== 0 ? 'too-open' : 'owner-only';
}

async function writeDraft(path: string, text: string): Promise<string> {
  const draft = join(dirname(path), `.draft-${randomUUID()}`);
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return draft;
}

async function syncDirectory(directory: string): Promise<void> {
  // Windows cannot open a directory for syncing and orders its metadata itself.
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
