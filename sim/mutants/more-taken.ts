import type { Mutant } from './mutant.ts';

export const moreTaken: Mutant = {
  name: 'more-taken',
  breaks: 'REC-6: takes whatever a permission or a correction brings beside its own fields',
  caughtBy: ['what permits or corrects says nothing else'],
  change: (core) => ({
    ...core,
    admitRecord: (record, situation) => {
      if (situation.kind === undefined) return core.admitRecord(record, situation);
      const { nothingElse: _, ...kind } = situation.kind;
      return core.admitRecord(record, { ...situation, kind });
    },
  }),
};
