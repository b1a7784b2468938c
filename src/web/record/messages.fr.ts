import { plural } from '../i18n/catalogue.ts';
import type { RecordWords } from './messages.ar.ts';

export const fr: RecordWords = {
  untitled: 'Titre absent de notre copie',
  portion: 'Paragraphe {{number}}',
  withheldHere: plural({
    one: 'Ici, {{count}} paragraphe ne nous a pas été donné',
    many: 'Ici, {{count}} paragraphes ne nous ont pas été donnés',
    other: 'Ici, {{count}} paragraphes ne nous ont pas été donnés',
  }),
  handling: {
    audience: 'Qui peut le recevoir',
    title: 'Conditions d’usage',
    may: 'Vous pouvez',
    mayNot: 'Vous ne pouvez pas, sans l’accord de {{service}}',
    mayNotOwn: 'Le destinataire ne peut pas, sans notre accord',
    mayOwn: 'Le destinataire peut',
    conditions: 'Autres conditions posées par {{service}}',
    ask: 'Demander l’accord à {{service}}',
    does: {
      'act-on-it': 'agir sur cette base',
      'share-within-service': 'en faire part à vos collègues qui en ont besoin',
      'use-in-court': 'en faire usage en justice',
      'pass-onward': 'le transmettre à un tiers',
      publish: 'le publier ou y faire allusion en public',
      'use-for-other-purpose': 'l’employer à une autre finalité que celle indiquée ci-dessous',
      'act-openly': 'agir d’une façon que les intéressés peuvent remarquer',
      'meet-condition': 'passer outre aux conditions ci-dessous',
    },
    purpose: 'Finalité',
    legalBasis: 'Base légale',
    reviewBy: 'À réexaminer avant le',
    reviewOverdue: 'Réexamen en retard',
  },
  grading: {
    title: 'Cotation',
    sentence: '{{source}} ; information {{information}}',
    none: 'Sans cotation',
  },
  board: {
    step: { queued: 'Prêt à partir', delivered: 'Remis', read: 'Lu', decided: 'Décidé', outcome: 'Résultat reçu' },
    title: 'Suivi de l’envoi',
    to: 'À {{service}}',
    notYet: 'pas encore',
    refusedByUs: 'Arrêté par notre nœud avant l’envoi',
    refusedByThem: 'Refusé par le nœud du partenaire',
    withheld: plural({
      one: 'sans {{count}} paragraphe',
      many: 'sans {{count}} paragraphes',
      other: 'sans {{count}} paragraphes',
    }),
  },
  actions: {
    decide: 'Décider',
    'report-outcome': 'Rendre compte du résultat',
    assent: 'Consentir à l’accord',
    'end-agreement': 'Mettre fin à l’accord',
    release: 'Donner à un autre partenaire',
    'assign-desk': 'Saisir un bureau',
    open: 'Ouvrir la page entière',
    print: 'Imprimer',
  },
};
