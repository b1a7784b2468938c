import { isRefusal } from '#src/protocol/refusal.ts';
import type { Mutant } from './mutant.ts';

export const releaseWidened: Mutant = {
  name: 'release-widened',
  breaks: 'REL-1: what may go at all goes whole, with the portions above the partner’s ceiling',
  caughtBy: ['no node holds what its marking forbids'],
  change: (core) => ({
    ...core,
    planRelease: (request) => {
      const plan = core.planRelease(request);
      if (isRefusal(plan)) return plan;
      return { digests: request.record.disclosures.map(({ digest }) => digest), portionsWithheld: [] };
    },
  }),
};
