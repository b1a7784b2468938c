import { isRefusal } from '#src/protocol/refusal.ts';
import type { Mutant } from './mutant.ts';

export const erasureUnread: Mutant = {
  name: 'erasure-unread',
  breaks: 'COR-1, MRK-1: takes whatever calls itself withdrawn or erased, as long as its chain is right',
  caughtBy: ['what takes back says and hides nothing'],
  change: (core) => ({
    ...core,
    admitRecord: (record, situation) => {
      const verdict = core.admitRecord(record, situation);
      const isForm = isRefusal(verdict) && ['revision-not-empty', 'marking-above-record'].includes(verdict.code);
      return isForm ? { verdict: 'admit', becomesHead: true } : verdict;
    },
  }),
};
