import type { Mutant } from './mutant.ts';

export const openRelay: Mutant = {
  name: 'open-relay',
  breaks: 'EXC-5: carries a letter of anybody to anybody',
  caughtBy: ['no open relay'],
  change: (core) => ({
    ...core,
    carryOn: (peer, to, route, known) =>
      core.carryOn(peer, to, route ?? { relays: [] }, { ...known, gaveRecordsOf: true, gaveRecordsFrom: true }),
  }),
};
