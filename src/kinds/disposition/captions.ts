import type { KindWords } from '../kind.ts';

export const dispositionWords: KindWords = {
  caption: { ar: 'قرار بشأن تقرير', fr: 'Suite réservée', en: 'Decision on a report' },
  captions: {
    decision: { ar: 'القرار', fr: 'Décision', en: 'Decision' },
    'decision/act': { ar: 'استغلال المعلومة', fr: 'Exploiter le renseignement', en: 'Act on it' },
    'decision/no-action': { ar: 'حفظ دون متابعة', fr: 'Classer sans suite', en: 'No action' },
    'decision/already-known': {
      ar: 'معلومة متوفرة لدينا',
      fr: 'Déjà connu de nos services',
      en: 'Already known to us',
    },
    'decision/need-more': {
      ar: 'طلب معلومات تكميلية',
      fr: 'Complément d’information demandé',
      en: 'More information needed',
    },
    reason: { ar: 'التعليل', fr: 'Motif', en: 'Reason' },
  },
};
