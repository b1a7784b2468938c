import type { Clock } from '#src/ports/clock.ts';
import type { JournalEntry } from '#src/ports/store.ts';

/** ACC-12: who came, who went, who was turned away; never what was typed, for it may be a passphrase in the wrong field. */
export function sessionLine(
  act:
    | 'session.opened'
    | 'session.closed'
    | 'session.refused'
    | 'session.slowed'
    | 'session.ended'
    | 'passphrase.changed',
  officer: string | null,
  clock: Clock,
): JournalEntry {
  return {
    at: clock.now(),
    actorKind: 'sign-in',
    actor: officer,
    act,
    record: null,
    hash: null,
    service: null,
    reason: null,
  };
}
