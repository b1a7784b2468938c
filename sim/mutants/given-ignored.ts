import type { Mutant } from './mutant.ts';

export const givenIgnored: Mutant = {
  name: 'given-ignored',
  breaks: 'REL-3: takes a decision on a record from whoever says that he has it',
  caughtBy: ['nobody answers what he was not given'],
  change: (core) => ({
    ...core,
    admitRecord: (record, situation) =>
      core.admitRecord(record, { ...situation, given: new Set(record.links.map(({ hash }) => hash)) }),
  }),
};
