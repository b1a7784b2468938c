import { readFile } from 'node:fs/promises';
import type { Sentinel } from '#src/ports/sentinel.ts';
import { replaceFile } from './durable-file.ts';

/** The number in a small file of the node's home. Throws where the file is there and holds no number. */
export function fileSentinel(path: string): Sentinel {
  return {
    async read() {
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return '0\n';
        throw error;
      });
      const length = Number(text.trim());
      if (!/^[0-9]+\n?$/.test(text) || !Number.isSafeInteger(length)) throw new Error(`${path} holds no number`);
      return length;
    },
    write: (length) => replaceFile(path, `${length}\n`),
  };
}
