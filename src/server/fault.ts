/** What must not happen and is nobody's "no": no rule stands behind it, so it is no refusal. */
import type { Language } from '#src/protocol/primitives.ts';

export type Fault = 'store-unavailable' | 'internal-fault';

type Sentences = { readonly [L in Language]: { readonly says: string; readonly next: string } };

export const faults: { readonly [F in Fault]: { readonly status: number; readonly text: Sentences } } = {
  'store-unavailable': {
    status: 503,
    text: {
      ar: {
        says: 'قاعدة البيانات لا تستجيب الآن.',
        next: 'لم يُحفظ شيء. أعد المحاولة بعد قليل، فإن تكرر الأمر فأبلغ المسؤول عن النظام.',
      },
      fr: {
        says: 'La base de données ne répond pas pour le moment.',
        next: 'Rien n’a été enregistré. Réessayez dans un instant ; si cela persiste, prévenez l’administrateur.',
      },
      en: {
        says: 'The database does not answer at the moment.',
        next: 'Nothing was saved. Try again shortly; if it goes on, tell the administrator.',
      },
    },
  },
  'internal-fault': {
    status: 500,
    text: {
      ar: { says: 'وقع خلل في هذه العقدة.', next: 'لم يُحفظ شيء. أبلغ المسؤول عن النظام برقم الطلب.' },
      fr: {
        says: 'Une défaillance s’est produite dans ce nœud.',
        next: 'Rien n’a été enregistré. Communiquez le numéro de la requête à l’administrateur.',
      },
      en: {
        says: 'Something failed inside this node.',
        next: 'Nothing was saved. Give the request number to the administrator.',
      },
    },
  },
};
