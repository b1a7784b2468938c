import type { InboxMessages } from './messages.ar.ts';

export const fr: InboxMessages = {
  view: { waiting: 'À traiter', arrived: 'Reçus', sent: 'Envoyés' },
  list: 'Liste',
  preview: 'Aperçu',
  search: 'Chercher dans les titres et les textes',
  unread: 'Non lu',
  reason: {
    'to-decide': 'attend votre décision',
    'outcome-due': 'résultat attendu',
    'assent-due': 'attend votre consentement',
    'answer-arrived': 'réponse reçue',
    refused: 'refusé chez un destinataire',
    arrived: 'nouveau',
  },
  deliveryTo: '{{service}} : {{step}}',
  empty: {
    waiting: 'Rien ne vous attend',
    waitingNext: 'Ce qui arrive ou vient à échéance apparaît ici de lui-même.',
    arrived: 'Rien n’est encore arrivé',
    arrivedNext: 'Ce que les partenaires envoient apparaît ici dès réception.',
    sent: 'Vous n’avez encore rien envoyé',
    sentNext: 'Écrivez un rapport et envoyez-le à un partenaire.',
    search: 'Aucun résultat pour cette recherche',
    searchNext: 'Essayez un autre mot, ou une partie du mot.',
  },
  choose: 'Choisissez dans la liste pour lire ici',
  chooseHint: 'Le partenaire apprend que son rapport est lu lorsque vous l’ouvrez.',
  open: 'Ouvrir la page entière',
  from: 'De {{service}}',
  ours: 'De notre service',
};
