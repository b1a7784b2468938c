import { isRefusal } from '#src/protocol/refusal.ts';
import type { Mutant } from './mutant.ts';

export const withdrawnRevived: Mutant = {
  name: 'withdrawn-revived',
  breaks: 'REC-4: what arrived last becomes the current revision, however old it is',
  caughtBy: ['nothing withdrawn is revived'],
  change: (core) => ({
    ...core,
    admitRecord: (record, situation) => {
      const verdict = core.admitRecord(record, situation);
      return isRefusal(verdict) || verdict.verdict === 'hold' ? verdict : { ...verdict, becomesHead: true };
    },
  }),
};
