import { describe, expect, it } from 'vitest';
import { carryOn, relaysMax, routeOf } from './route.ts';

const partners = new Set(['b', 'e']);
const known = (vias: { [holder: string]: string[] }, sources: string[] = []) => ({
  partners,
  vias: new Map(Object.entries(vias)),
  sources,
});

describe('[EXC-5] the way to a service', () => {
  it('is direct to a partner, whoever else holds from whom', () => {
    expect(routeOf('b', known({ b: ['e'] }, ['e']))).toEqual({ relays: [] });
  });

  it('leads down the tree of holders, the nearest relay first', () => {
    expect(routeOf('d', known({ d: ['c'], c: ['b'] }))).toEqual({ relays: ['b', 'c'] });
    // The shortest of several.
    expect(routeOf('d', known({ d: ['c', 'e'], c: ['b'] }))).toEqual({ relays: ['e'] });
  });

  it('leads up by the one who gave us the record', () => {
    expect(routeOf('a', known({}, ['x', 'b']))).toEqual({ relays: ['b'] });
    expect(routeOf('a', known({}, ['x']))).toBeNull();
  });

  it('ends in a circle and after so many relays', () => {
    expect(routeOf('d', known({ d: ['c'], c: ['d'] }))).toBeNull();
    const long = (relays: number) =>
      Object.fromEntries([...Array(relays).keys()].map((i) => [`n${i}`, [i === relays - 1 ? 'b' : `n${i + 1}`]]));
    expect(routeOf('n0', known(long(relaysMax)))?.relays).toHaveLength(relaysMax);
    expect(routeOf('n0', known(long(relaysMax + 1)))).toBeNull();
  });
});

describe('[EXC-5] a letter of a peer', () => {
  const carrying = { partners, gaveRecordsOf: false, gaveRecordsFrom: false };
  const direct = { relays: [] };

  it('is carried up to the origin of what the peer holds from us, and down to whom we gave what is the peer’s', () => {
    expect(carryOn('b', 'e', direct, { ...carrying, gaveRecordsOf: true })).toBe('e');
    expect(carryOn('b', 'a', { relays: ['e'] }, { ...carrying, gaveRecordsOf: true })).toBe('e');
    expect(carryOn('b', 'e', direct, { ...carrying, gaveRecordsFrom: true })).toBe('e');
  });

  it('is carried between no others: no node is an open relay', () => {
    expect(carryOn('b', 'e', direct, carrying)).toBeNull();
    // Down only to whom we gave it ourselves.
    expect(carryOn('b', 'd', { relays: ['e'] }, { ...carrying, gaveRecordsFrom: true })).toBeNull();
  });

  it('is never carried back, nor where no way leads', () => {
    const all = { partners, gaveRecordsOf: true, gaveRecordsFrom: true };
    expect(carryOn('b', 'b', direct, all)).toBeNull();
    expect(carryOn('b', 'a', { relays: ['b'] }, all)).toBeNull();
    expect(carryOn('b', 'x', null, all)).toBeNull();
    expect(carryOn('b', 'x', direct, all)).toBeNull();
  });
});
