import type { Mutant } from './mutant.ts';

export const permissionIgnored: Mutant = {
  name: 'permission-ignored',
  breaks: 'REL-3: takes another’s record from whoever brings it, as if it came from its origin',
  caughtBy: [
    'no node holds what no permission allows',
    'every correction reaches every holder',
    'the tree of holders is whole',
  ],
  change: (core) => ({
    ...core,
    admitRecord: (record, situation) =>
      core.admitRecord(record, situation.from === record.origin ? situation : { ...situation, from: record.origin }),
  }),
};
