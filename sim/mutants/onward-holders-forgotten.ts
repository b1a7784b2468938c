import type { Mutant } from './mutant.ts';

export const onwardHoldersForgotten: Mutant = {
  name: 'onward-holders-forgotten',
  breaks: 'COR-1: tells a correction only to those who were given the record directly',
  caughtBy: ['every correction reaches every holder'],
  change: (core) => ({
    ...core,
    whoIsTold: (holdings, isRevoked) => core.whoIsTold(holdings, isRevoked).filter(({ way }) => way === 'direct'),
  }),
};
