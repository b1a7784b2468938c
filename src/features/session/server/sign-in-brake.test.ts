import { describe, expect, test } from 'vitest';
import { brakeLimits, type Guess, SignInBrake } from './sign-in-brake.ts';

const { free, firstWaitMs, waitMsMax, addressWaitMsMax, windowMs, keysMax, notesPerHour } = brakeLimits;
const guess = (changes: Partial<Guess> = {}): Guess => ({
  login: 'amina',
  address: '192.0.2.1',
  device: null,
  ...changes,
});
const fail = (brake: SignInBrake, times: number, one: Guess = guess(), now = 0) => {
  for (let n = 0; n < times; n++) expect(brake.begin(one, now)).toBe(0);
};

describe('[ACC-12] wrong passphrases', () => {
  test('wait longer and longer after the first few, under any spelling of the login, and not for ever', () => {
    const brake = new SignInBrake();
    fail(brake, free.login);
    let now = 0;
    for (let n = 0; n < 12; n++) {
      const wait = brake.begin(guess({ login: 'AMINA' }), now);
      expect(wait).toBe(Math.min(firstWaitMs * 2 ** n, waitMsMax));
      now += wait;
      expect(brake.begin(guess(), now - 1)).toBe(1);
      expect(brake.begin(guess(), now)).toBe(0);
    }
    expect(brake.begin(guess(), now + windowMs)).toBe(0);
  });

  test('at one login lock nobody out: another address and a known device go on', () => {
    const brake = new SignInBrake();
    fail(brake, free.login);
    expect(brake.begin(guess(), 0)).toBeGreaterThan(0);
    expect(brake.begin(guess({ address: '198.51.100.1' }), 0)).toBe(0);
    expect(brake.begin(guess({ device: 'of amina' }), 0)).toBe(0);
  });

  test('from many addresses leave one try to each new address, and the known device all of its own', () => {
    const brake = new SignInBrake();
    for (let n = 0; n < brakeLimits.underAttack; n++) fail(brake, 1, guess({ address: `10.0.0.${n}` }));
    const elsewhere = guess({ address: '198.51.100.1' });
    fail(brake, 1, elsewhere);
    expect(brake.begin(elsewhere, 0)).toBe(firstWaitMs);
    fail(brake, free.device, guess({ device: 'of amina' }));
    expect(brake.begin(guess({ device: 'of amina' }), 0)).toBe(firstWaitMs);
  });

  test('at many logins from one address wait too, and a success of its own does not excuse them', () => {
    const brake = new SignInBrake();
    for (let n = 0; n < free.address; n++) fail(brake, 1, guess({ login: `name-${n}` }));
    const own = guess({ login: 'own' });
    expect(brake.begin(own, 0)).toBe(firstWaitMs);
    expect(brake.begin(own, firstWaitMs)).toBe(0);
    brake.succeeded(own);
    expect(brake.begin(guess({ login: 'next' }), firstWaitMs)).toBe(firstWaitMs);
    for (let n = 0, now = firstWaitMs; n < 20; n++) {
      const wait = brake.begin(guess({ login: `more-${n}` }), now);
      expect(wait).toBeLessThanOrEqual(addressWaitMsMax);
      now += wait;
      fail(brake, 1, guess({ login: `more-${n}` }), now);
    }
  });

  test('are forgiven where the right one followed', () => {
    const brake = new SignInBrake();
    for (let round = 0; round < 3; round++) {
      fail(brake, free.login - 1);
      brake.succeeded(guess());
    }
  });

  test('take no more memory than the limit, and no more lines of the journal', () => {
    const brake = new SignInBrake();
    for (let n = 0; n < keysMax; n++) brake.begin(guess({ login: `l-${n}`, address: `a-${n}` }), 0);
    const lines = Array.from({ length: 500 }, (_, n) => brake.isNoteworthy(guess({ address: `a-${n}` }), n));
    expect(lines.filter(Boolean)).toHaveLength(notesPerHour);
    expect(brake.isNoteworthy(guess({ address: 'later' }), windowMs + 500)).toBe(true);
  });

  test('that wait now are listed, and no others', () => {
    const brake = new SignInBrake();
    fail(brake, free.login);
    fail(brake, 1, guess({ login: 'brahim' }));
    expect(brake.slowed(0)).toEqual([{ login: 'amina', address: '192.0.2.1', failures: 5, until: firstWaitMs }]);
    expect(brake.slowed(firstWaitMs)).toEqual([]);
  });
});
