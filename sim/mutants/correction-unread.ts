import type { HeldTarget } from '#src/protocol/admission/admit-record.ts';
import type { Mutant } from './mutant.ts';

export const correctionUnread: Mutant = {
  name: 'correction-unread',
  breaks: 'COR-1: takes a correction without comparing the revisions that it names with those that are held',
  caughtBy: ['no correction contradicts what is held'],
  change: (core) => ({
    ...core,
    problemOfCorrection: (...asked) => {
      const problem = core.problemOfCorrection(...asked);
      return problem?.code === 'correction-mismatch' ? null : problem;
    },
    admitRecord: (record, situation) => {
      const doubted = [...situation.targets].map(([id, target]): [string, HeldTarget] => [
        id,
        { ...target, state: 'equivocal' },
      ]);
      const targets = record.kind === 'correction' ? new Map(doubted) : situation.targets;
      return core.admitRecord(record, { ...situation, targets });
    },
  }),
};
