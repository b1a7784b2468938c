import type { MarkingMessages } from './messages.ar.ts';

export const en: MarkingMessages = {
  level: 'Classification',
  compartments: 'Compartments',
  handling: 'Conditions of use',
  notInCourt: 'Not for use in court without our permission',
  notOnward: 'Not to be passed to a third party without our permission',
  condition: 'Another condition',
  free: 'No condition beyond the stated purpose',
  source: 'Source',
  information: 'Information',
};
