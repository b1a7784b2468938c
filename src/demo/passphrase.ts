import { createHash } from 'node:crypto';
import type { ServiceCode } from './story/services.ts';

/** The demo's passphrases are no secret: derived from the login, the same in every demo, and printed. */
export function demoPassphrase(service: ServiceCode, login: string): string {
  const letters = createHash('sha256').update(`${service} ${login}`).digest('hex');
  return [letters.slice(0, 4), letters.slice(4, 8), letters.slice(8, 12), letters.slice(12, 16)].join('-');
}
