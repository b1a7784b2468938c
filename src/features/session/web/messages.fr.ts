import type { SessionMessages } from './messages.ar.ts';

export const fr: SessionMessages = {
  title: 'Connexion',
  what: 'La coordination entre services de sécurité qui ne partageront jamais une base de données : une information part, une décision est prise, le résultat revient à qui l’a envoyée.',
  login: 'Identifiant',
  passphrase: 'Phrase secrète',
  submit: 'Se connecter',
  demo: {
    title: 'Entrez en un clic',
    text: 'Ceci est une démonstration. Choisissez un officier pour voir ce qu’il voit.',
    neighbours: 'Les autres services de la démonstration',
  },
};
