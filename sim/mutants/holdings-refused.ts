import { refuse } from '#src/protocol/refusal.ts';
import type { Mutant } from './mutant.ts';

export const holdingsRefused: Mutant = {
  name: 'holdings-refused',
  breaks: 'REL-3: enters nobody among its holders of whom a relay tells',
  caughtBy: ['the tree of holders is whole'],
  change: (core) => ({ ...core, problemOfHolding: () => refuse('holding-invalid') }),
};
