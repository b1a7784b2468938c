import { plural } from '#src/web/i18n/catalogue.ts';
import type { OfficerMessages } from './messages.ar.ts';

export const fr: OfficerMessages = {
  title: 'Officiers',
  add: 'Ajouter un officier',
  column: { name: 'Nom', role: 'Fonction', clearance: 'Habilité jusqu’à', desks: 'Bureaux', state: 'État' },
  active: 'actif',
  disabled: 'désactivé',
  disable: 'Désactiver',
  disableTitle: 'Désactiver {{name}}',
  disableText:
    'Cet officier ne pourra plus se connecter et ses sessions ouvertes se ferment aussitôt. Ce qu’il a écrit reste à son nom.',
  disabledDone: '{{name}} est désactivé.',
  slowed: {
    title: 'Connexions ralenties',
    text: 'Trop de phrases secrètes fausses y ont été essayées : il faut désormais attendre entre deux essais. Un officier n’en est pas gêné sur un appareil où il s’est déjà connecté.',
    lastDay: plural({
      one: '{{count}} ralentissement noté ces dernières 24 heures.',
      many: '{{count}} ralentissements notés ces dernières 24 heures.',
      other: '{{count}} ralentissements notés ces dernières 24 heures.',
    }),
    login: 'Identifiant',
    address: 'Depuis l’adresse',
    failures: 'Essais faux',
    until: 'Attend jusqu’à',
    nobody: 'de personne, ou tout ce qui vient de cette adresse',
  },
  form: {
    title: 'Nouvel officier',
    login: 'Identifiant',
    loginHint: 'Minuscules latines et chiffres, en commençant par une lettre',
    displayName: 'Nom affiché',
    role: 'Fonction',
    clearance: 'Habilitation',
    compartments: 'Cercles d’accès',
    compartmentsHint: 'Séparez-les par une virgule',
    desks: 'Bureaux',
    language: 'Langue de l’interface',
    passphrase: 'Première phrase secrète',
    passphraseHint: 'Au moins 12 caractères : quelques mots qui ne vont pas ensemble',
    submit: 'Créer l’officier',
    done: '{{name}} est créé.',
    loginWrong: 'L’identifiant : 2 à 40 minuscules latines, chiffres et points.',
    passphraseShort: 'La phrase secrète a moins de 12 caractères.',
  },
};
