import { describe, expect, test } from 'vitest';
import { type HandledRecord, handlingBox } from './handling-box.ts';

const [self, origin, third] = ['self', 'origin', 'third'];
const box = (changes: Partial<HandledRecord>) =>
  handlingBox({ origin, status: 'active', handling: [], tlp: [], pap: [], permitted: new Set(), ...changes }, self);

describe('[ACC-08] the handling box', () => {
  test('of a partner’s record: its purpose, inside the service, and to court where no code forbids it', () => {
    expect(box({ handling: [{ code: 'H0', originator: origin }] })).toEqual({
      may: ['act-on-it', 'share-within-service', 'use-in-court'],
      mayNot: ['pass-onward', 'publish', 'use-for-other-purpose'],
      ask: origin,
    });
  });
  test('H1 keeps it out of court', () => {
    expect(box({ handling: [{ code: 'H1', originator: origin }] }).mayNot).toContain('use-in-court');
  });
  test('H3 adds a condition', () => {
    const handling = [{ code: 'H3', originator: origin, note: 'appeler d’abord' }] as const;
    expect(box({ handling }).mayNot).toContain('meet-condition');
  });
  test('[REL-3] it goes onward by permission alone, with H2 or without', () => {
    expect(box({}).mayNot).toContain('pass-onward');
    expect(box({ handling: [{ code: 'H2', originator: origin }] }).mayNot).toContain('pass-onward');
  });
  test('[PRM-1] what a permission in force allows may be done within its limits, and nothing else', () => {
    const handling = [{ code: 'H1', originator: origin }] as const;
    const permitted = new Set(['judicial', 'onward', 'publication', 'other-purpose'] as const);
    const general = ['use-in-court', 'pass-onward', 'publish', 'use-for-other-purpose'];
    const all = box({ handling, permitted });
    expect(all.may).toEqual(['act-on-it', 'share-within-service', ...general.map((one) => `${one}-as-permitted`)]);
    expect(all.mayNot).toEqual(general);
    const one = box({ handling, permitted: new Set(['publication'] as const) });
    expect(one.may).toEqual(['act-on-it', 'share-within-service', 'publish-as-permitted']);
    expect(one.mayNot).toEqual(general);
    // Without H1 the courts need no permission
    expect(box({ permitted: new Set(['judicial'] as const) }).may).not.toContain('use-in-court-as-permitted');
  });
  test('TLP:RED is for its readers alone', () => {
    expect(box({ tlp: ['red'] }).mayNot).toContain('share-within-service');
    expect(box({ tlp: ['amber'] }).may).toContain('share-within-service');
  });
  test.each([
    [[], null],
    [['green'], true],
    [['clear', 'amber'], false],
    [['red'], false],
  ])('PAP %j moves what may be done openly', (pap, openly) => {
    const { may, mayNot } = box({ pap });
    expect([may.includes('act-openly'), mayNot.includes('act-openly')]).toEqual([openly === true, openly === false]);
  });
  test('what was withdrawn is not acted on', () => {
    expect(box({ status: 'withdrawn' }).mayNot).toContain('act-on-it');
  });
  test('of our own record it says what whoever receives it may do', () => {
    const handling = [{ code: 'H1', originator: self }] as const;
    expect(box({ origin: self, handling })).toEqual({
      may: ['act-on-it', 'share-within-service'],
      mayNot: ['use-in-court', 'pass-onward', 'publish', 'use-for-other-purpose'],
      ask: null,
    });
    expect(box({ origin: self }).may).toContain('use-in-court');
  });
  test('what we derived from another’s keeps its codes, and names whom to ask', () => {
    const handling = [
      { code: 'H1', originator: third },
      { code: 'H2', originator: third },
    ] as const;
    expect(box({ origin: self, handling })).toEqual({
      may: ['act-on-it', 'share-within-service'],
      mayNot: ['use-in-court', 'pass-onward', 'publish', 'use-for-other-purpose'],
      ask: third,
    });
  });
});
