import type { Mutant } from './mutant.ts';

export const revivalAdmitted: Mutant = {
  name: 'revival-admitted',
  breaks: 'COR-3: takes an active revision of what was withdrawn or erased',
  caughtBy: ['nothing withdrawn is revived'],
  change: (core) => ({
    ...core,
    problemOfSuccession: () => null,
    admitRecord: (record, situation) => {
      const held = situation.held.map((each) => ({ ...each, status: 'active' as const }));
      return core.admitRecord(record, { ...situation, held });
    },
  }),
};
