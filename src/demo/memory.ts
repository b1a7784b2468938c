import { readFile } from 'node:fs/promises';

/** Resident memory of these processes together, bytes; null where the system does not tell (it is read from /proc). */
export async function residentBytes(pids: readonly number[]): Promise<number | null> {
  let sum = 0;
  for (const pid of pids) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
    if (kilobytes === undefined) return null;
    sum += Number(kilobytes) * 1_024;
  }
  return sum;
}
