import type { Mutant } from './mutant.ts';

export const contradictionAdmitted: Mutant = {
  name: 'contradiction-admitted',
  breaks: 'REC-4: takes a second content of one revision as if it were another copy of the first',
  caughtBy: ['one content per revision'],
  change: (core) => ({
    ...core,
    admitRecord: (record, situation) => {
      const held = situation.held.filter(({ revision }) => revision !== record.revision);
      return core.admitRecord(record, { ...situation, held, named: [] });
    },
  }),
};
