import type { SessionMessages } from './messages.ar.ts';

export const fr: SessionMessages = {
  title: 'Connexion',
  what: 'La coordination entre services de sécurité qui ne partageront jamais une base de données : une information part, une décision est prise, le résultat revient à qui l’a envoyée.',
  login: 'Identifiant',
  passphrase: 'Phrase secrète',
  submit: 'Se connecter',
  account: {
    title: 'Mon compte',
    signedInAs: 'Connecté sous l’identifiant {{login}}.',
    passphrase: {
      title: 'Phrase secrète',
      current: 'Phrase secrète actuelle',
      wanted: 'Nouvelle phrase secrète',
      again: 'La nouvelle, encore une fois',
      hint: 'Au moins 12 caractères : quelques mots qui ne vont pas ensemble',
      short: 'La phrase secrète a moins de 12 caractères.',
      differ: 'Les deux saisies diffèrent.',
      submit: 'Changer la phrase secrète',
      ends: 'Vos sessions ouvertes ailleurs se ferment aussitôt.',
      done: 'La phrase secrète est changée, les autres sessions sont fermées.',
    },
    sessions: {
      title: 'Sessions ouvertes',
      text: 'Fermez toute session que vous ne reconnaissez pas, puis changez de phrase secrète.',
      started: 'Ouverte',
      seen: 'Dernière activité',
      expires: 'Se ferme au plus tard',
      here: 'cette session',
      end: 'Fermer',
      endLabel: 'Fermer la session ouverte {{at}}',
      done: 'La session est fermée.',
    },
  },
  demo: {
    title: 'Entrez en un clic',
    text: 'Ceci est une démonstration. Choisissez un officier pour voir ce qu’il voit.',
    neighbours: 'Les autres services de la démonstration',
  },
};
