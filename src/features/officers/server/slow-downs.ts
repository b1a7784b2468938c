import type { Clock } from '#src/ports/clock.ts';
import type { Tx } from '#src/ports/database.ts';
import type { UnixMs } from '#src/protocol/primitives.ts';
import type { SlowDownView } from '../contract.ts';

const dayMs = 86_400_000;

export interface SlowDownsDeps {
  readonly clock: Clock;
  readonly sessionClock: Clock;
  /** What slows guessing at sign-in, as far as it is shown. */
  readonly brake: {
    slowed(now: UnixMs): readonly {
      readonly login: string | null;
      readonly address: string | null;
      readonly failures: number;
      readonly until: UnixMs;
    }[];
  };
}

/** Never what was typed where it is no login: it may be a passphrase in the wrong field. */
export async function slowDowns(
  tx: Tx,
  { brake, clock, sessionClock }: SlowDownsDeps,
): Promise<{ now: SlowDownView[]; lastDay: number }> {
  const slowed = brake.slowed(sessionClock.now());
  const officers = await tx.selectFrom('officer').select(['id', 'login', 'display_name']).execute();
  const byLogin = new Map(officers.map((officer) => [officer.login, officer]));
  const noted = await tx
    .selectFrom('journal')
    .select((count) => count.fn.countAll<string>().as('lines'))
    .where('act', '=', 'session.slowed')
    .where('at', '>', new Date(clock.now() - dayMs))
    .executeTakeFirstOrThrow();
  return {
    now: slowed.map(({ login, address, failures, until }) => {
      const officer = byLogin.get(login?.toLowerCase() ?? '');
      return {
        officer: officer ? { id: officer.id, login: officer.login, displayName: officer.display_name } : null,
        address,
        failures,
        until: new Date(until).toISOString(),
      };
    }),
    lastDay: Number(noted.lines),
  };
}
