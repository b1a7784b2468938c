import type { DecisionMessages } from './messages.ar.ts';

export const fr: DecisionMessages = {
  decide: {
    title: 'Votre décision sur ce rapport',
    note: 'La décision est signée au nom de votre service et revient à {{service}}.',
    question: 'Que décidez-vous ?',
    means: {
      act: 'Nous agissons et rendrons compte du résultat.',
      'no-action': 'Nous ne donnons pas suite, et disons pourquoi.',
      'already-known': 'Nous le savons déjà, et disons depuis quand ou par qui.',
      'need-more': 'Cela ne suffit pas ; nous disons ce qui manque.',
    },
    reason: 'Motif',
    reasonNeeded: 'Qui donne un renseignement mérite de savoir pourquoi il reste sans suite. Écrivez le motif.',
    assignTo: 'Bureau saisi',
    nobody: 'Les bureaux actuels',
    submit: 'Signer et envoyer la décision',
    done: 'La décision est signée et part vers {{service}}.',
  },
  outcome: {
    title: 'Ce que ce rapport a donné',
    note: 'Le résultat revient à {{service}}, lié au rapport qui y a conduit.',
    results: 'Résultats',
    count: 'Nombre',
    countNeeded: 'Indiquez un nombre entier pour chaque résultat choisi.',
    chooseOne: 'Choisissez au moins un résultat.',
    text: 'Exposé',
    textNeeded: 'Écrivez ce qui s’est passé, ne serait-ce qu’en une phrase.',
    nature: 'Cet exposé est',
    submit: 'Signer et envoyer le résultat',
    done: 'Le résultat est signé et part vers {{service}}.',
  },
};
