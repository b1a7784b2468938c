import type { Mutant } from './mutant.ts';

export const correctionUnread: Mutant = {
  name: 'correction-unread',
  breaks: 'COR-1: takes a correction without comparing the revisions that it names with those that are held',
  caughtBy: ['no correction contradicts what is held'],
  change: (core) => ({ ...core, problemOfCorrection: () => null }),
};
