import { isRefusal } from '#src/protocol/refusal.ts';
import type { Mutant } from './mutant.ts';

export const moreTaken: Mutant = {
  name: 'more-taken',
  breaks: 'REC-6: takes whatever a permission or a correction brings beside its own fields',
  caughtBy: ['what permits or corrects says nothing else'],
  change: (core) => ({
    ...core,
    admitRecord: (record, situation) => {
      const verdict = core.admitRecord(record, situation);
      const isMore = isRefusal(verdict) && verdict.code === 'record-says-more';
      return isMore ? { verdict: 'admit', becomesHead: true } : verdict;
    },
  }),
};
