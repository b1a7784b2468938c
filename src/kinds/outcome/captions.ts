import type { KindWords } from '../kind.ts';

export const outcomeWords: KindWords = {
  caption: { ar: 'نتيجة', fr: 'Résultat obtenu', en: 'Outcome' },
  captions: {
    results: { ar: 'النتائج', fr: 'Résultats', en: 'Results' },
    result: { ar: 'نوع النتيجة', fr: 'Nature du résultat', en: 'Kind of result' },
    'result/arrests': { ar: 'توقيفات', fr: 'Interpellations', en: 'Arrests' },
    'result/plots-disrupted': { ar: 'مخططات أُحبطت', fr: 'Projets déjoués', en: 'Plots disrupted' },
    'result/seizures': { ar: 'محجوزات', fr: 'Saisies', en: 'Seizures' },
    'result/charges': { ar: 'متابعات قضائية', fr: 'Poursuites engagées', en: 'Charges brought' },
    'result/none-yet': { ar: 'لا نتيجة إلى حد الآن', fr: 'Aucun résultat à ce stade', en: 'None yet' },
    count: { ar: 'العدد', fr: 'Nombre', en: 'Number' },
  },
};
