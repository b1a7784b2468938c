import type { SetUpMessages } from './messages.ar.ts';

export const fr: SetUpMessages = {
  title: 'Première mise en service',
  what: 'Un nœud neuf, encore sans nom. Nommez votre service et créez le premier administrateur ; les clés sont faites ici et ne quittent pas cette machine.',
  service: 'Le service',
  names: { ar: 'Nom en arabe', fr: 'Nom en français', en: 'Nom en anglais' },
  code: 'Code court',
  codeHint: 'Minuscules latines, par exemple atlas',
  url: 'Adresse du nœud pour les partenaires',
  administrator: 'Le premier administrateur',
  displayName: 'Nom affiché',
  login: 'Identifiant',
  passphrase: 'Phrase secrète',
  passphraseHint: 'Au moins 12 caractères',
  language: 'Langue de l’interface',
  submit: 'Créer les clés et le service',
  wrong: {
    code: 'Le code : 2 à 31 minuscules latines, chiffres et tirets.',
    login: 'L’identifiant : 2 à 40 minuscules latines, chiffres et points.',
    passphrase: 'La phrase secrète a moins de 12 caractères.',
  },
  done: {
    title: 'Le service est créé',
    text: 'Voici l’empreinte de votre service. Chaque partenaire la compare de vive voix avant tout échange.',
    signIn: 'Aller à la connexion',
  },
};
