/** Two whole nodes, the clock of one three days ahead: both hear of it, nothing is lost, and both hear that it is over. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settableClock } from '#src/adapters/settable-clock.ts';
import { systemClock } from '#src/adapters/system-clock.ts';
import { openService, reportInput } from './service.ts';
import { type Neighbour, stagedHomes } from './together.ts';
import { until } from './trust.ts';

const threeDaysMs = 3 * 86_400_000;
const clock = settableClock(systemClock);
let ahead: Neighbour;
let right: Neighbour;

beforeAll(async () => {
  const [one, other] = await stagedHomes(['atlas', 'meridian']);
  if (!one || !other) throw new Error('two were staged');
  clock.set(systemClock.now() + threeDaysMs);
  const { home, id, port, staff } = one;
  ahead = { ...(await openService(home, () => staff, { port, clock })), id };
  right = { ...(await openService(other.home, () => other.staff, { port: other.port })), id: other.id };
});
afterAll(async () => {
  await ahead?.stop();
  await right?.stop();
});

const clockOf = async (at: Neighbour, partner: Neighbour) =>
  (await (await at.as('liaison')).getPartner({ params: { id: partner.id } })).link.clockAheadMs;
async function exchange(): Promise<void> {
  for (const [from, to] of [
    [ahead, right],
    [right, ahead],
  ] as const) {
    const { record } = await (await from.as('liaison')).createReport({ body: reportInput({ recipients: [to.id] }) });
    const reader = await to.as('liaison');
    await until(() => reader.getRecord({ params: { id: record } }).catch(() => undefined));
  }
}

describe('[EXC-6] a clock three days ahead', () => {
  test('is seen by both nodes in an exchange, and what is dated ahead arrives', async () => {
    await exchange();
    const seen = await until(async () => (await clockOf(right, ahead)) ?? undefined);
    expect(Math.abs(seen - threeDaysMs)).toBeLessThan(120_000);
    const behind = await until(async () => (await clockOf(ahead, right)) ?? undefined);
    expect(Math.abs(behind + threeDaysMs)).toBeLessThan(120_000);
  });

  test('is forgotten by both once it is set right', async () => {
    clock.set(null);
    await exchange();
    for (const [at, partner] of [
      [right, ahead],
      [ahead, right],
    ] as const) {
      await until(async () => ((await clockOf(at, partner)) === null ? true : undefined));
    }
  });
});
