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
