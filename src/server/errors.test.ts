import { Type as T } from 'typebox';
import { describe, expect, test } from 'vitest';
import { closed, define } from '#src/features/contract.ts';
import { StoreUnavailable } from '#src/ports/database.ts';
import { refuse } from '#src/protocol/refusal.ts';
import { createApp } from './app.ts';
import { placeOf } from './errors.ts';
import type { Gate } from './gate.ts';
import { mount } from './mount.ts';
import { RateLimits } from './rate-limits.ts';

const routes = define({
  fail: {
    method: 'GET',
    path: '/api/fail/:how',
    summary: 'Fails in the way that is asked for',
    open: true,
    params: T.Object({ how: T.String() }, closed),
    reply: T.Object({ fine: T.Boolean() }, closed),
  },
});

/** Lets everyone in, and speaks French. */
const openGate: Gate = {
  admit: async () => {},
  callerOf: () => null,
  visitOf: () => ({
    requestId: '',
    address: '',
    language: 'fr',
    sessionToken: null,
    startSession() {},
    endSession() {},
    device: () => null,
    knowDevice() {},
    retryAfter() {},
  }),
  languageOf: () => 'fr',
  stillHolds: async () => true,
  rates: new RateLimits({ officerLately: () => null, device: () => null, address: () => '' }, Date.now),
  openTurn: async (_request, work) => ({ done: await work() }),
  officerTurn: async (_request, work) => ({ done: await work() }),
};

async function failing(how: string) {
  const app = await createApp({ gate: openGate, secure: () => false, screens: '/nowhere', logLevel: 'silent' });
  mount(
    app,
    routes,
    {
      async fail({ params }) {
        if (params.how === 'store') throw new StoreUnavailable('SECRET');
        if (params.how === 'bug') throw new Error('SECRET');
        if (params.how === 'refusal') return refuse('agreement-not-in-force', { at: '/recipients/0' });
        return params.how === 'fine' ? { fine: true } : ({ fine: true, SECRET: 1 } as { fine: boolean });
      },
    },
    openGate,
  );
  const response = await app.inject(`/api/fail/${how}`);
  await app.close();
  expect(response.body).not.toContain('SECRET');
  return { status: response.statusCode, ...(response.json() as Record<string, unknown>) };
}

describe('what a handler gives back', () => {
  test('is sent as its contract has it', async () => {
    expect(await failing('fine')).toEqual({ status: 200, fine: true });
  });
  test('or is a problem with code, rule, place, and both sentences', async () => {
    expect(await failing('refusal')).toMatchObject({
      type: '/problems/agreement-not-in-force',
      status: 422,
      code: 'agreement-not-in-force',
      rule: 'ACC-02',
      at: '/recipients/0',
      title: expect.stringMatching(/accord/i),
      detail: expect.stringMatching(/./),
    });
  });
  test('is not sent where it holds more than the contract says', async () => {
    expect(await failing('leak')).toMatchObject({ status: 500, code: 'internal-fault' });
  });
});

describe('what a handler throws', () => {
  test('is a fault without its words', async () => {
    expect(await failing('bug')).toMatchObject({ status: 500, code: 'internal-fault', requestId: expect.any(String) });
  });
  test('says so where the database is what failed', async () => {
    expect(await failing('store')).toMatchObject({ status: 503, code: 'store-unavailable' });
  });
  test('is logged by its place alone', () => {
    const place = placeOf(Object.assign(new Error('SECRET\n    at SECRET'), { code: '23505' }));
    expect(JSON.stringify(place)).not.toContain('SECRET');
    expect(place).toMatchObject({ name: 'Error', code: '23505' });
    expect(place.frames[0]).toMatch(/^at .*errors\.test\.ts/);
  });
});
