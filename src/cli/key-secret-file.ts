import type { Env } from './terminal.ts';

/** KEY-1: what unlocks the key files: named by the operator, or a credential of the service manager (systemd). */
export function keySecretFile(env: Env): { readonly keySecretFile?: string } {
  const named = env['TANSIQ_KEY_SECRET_FILE'];
  if (named) return { keySecretFile: named };
  const credentials = env['CREDENTIALS_DIRECTORY'];
  return credentials ? { keySecretFile: `${credentials}/tansiq-key-secret` } : {};
}
