import type { MarkingMessages } from './messages.ar.ts';

export const fr: MarkingMessages = {
  level: 'Classification',
  compartments: 'Cercles d’accès',
  handling: 'Conditions d’usage',
  notInCourt: 'Pas d’usage en justice sans notre accord',
  notOnward: 'Pas de transmission à un tiers sans notre accord',
  condition: 'Autre condition',
  free: 'Aucune condition au-delà de la finalité indiquée',
  source: 'Source',
  information: 'Information',
};
