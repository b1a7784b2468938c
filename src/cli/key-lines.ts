import type { KeysView } from '#src/features/keys/contract.ts';
import type { Say } from './messages.ts';
import { table } from './table.ts';

/** Our keys and how far partners know them, for a terminal. */
export function keyLines(view: KeysView, say: Say): string[] {
  const rows = view.keys.map(({ id, use, state, since }) => [
    say(`keys.${use}`),
    say(`keys.${state}`),
    since.slice(0, 10),
    id,
  ]);
  const unconfirmed = view.unconfirmed.map(({ code }) => code).join(', ');
  return [
    say('keys.version', { version: view.version }),
    ...table(rows),
    view.recoveryKey === null ? say('keys.no-recovery') : say('keys.recovery', { id: view.recoveryKey }),
    ...(unconfirmed === '' ? [] : [say('keys.unconfirmed', { services: unconfirmed })]),
    ...(view.keysKept > 0 ? [say('keys.kept', { count: view.keysKept })] : []),
  ];
}
