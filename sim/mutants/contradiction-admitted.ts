import type { Mutant } from './mutant.ts';

export const contradictionAdmitted: Mutant = {
  name: 'contradiction-admitted',
  breaks: 'REC-4: takes a second content of one revision as if it were another copy of the first',
  caughtBy: ['one content per revision'],
  change: (core) => ({
    ...core,
    admitRecord: (record, situation) => core.admitRecord(record, { ...situation, sameRevisionHash: null }),
  }),
};
