import type { KindWords } from '../kind.ts';

export const assentWords: KindWords = {
  caption: { ar: 'موقف من اتفاق', fr: 'Position sur un accord', en: 'Position on an agreement' },
  captions: {
    decision: { ar: 'الموقف', fr: 'Position', en: 'Position' },
    'decision/assent': { ar: 'الموافقة', fr: 'Assentiment', en: 'Assents' },
    'decision/end': { ar: 'إنهاء الاتفاق', fr: 'Fin de l’accord', en: 'Ends the agreement' },
    agreement: { ar: 'الاتفاق المعني', fr: 'Accord visé', en: 'Agreement concerned' },
    origin: { ar: 'الجهة المنشئة', fr: 'Service d’origine', en: 'Origin' },
    record: { ar: 'مُعرّف السجل', fr: 'Identifiant de la fiche', en: 'Record identifier' },
    revision: { ar: 'رقم الإصدار', fr: 'Numéro de révision', en: 'Revision' },
    hash: { ar: 'بصمة الإصدار', fr: 'Empreinte de la révision', en: 'Hash of the revision' },
    reason: { ar: 'التعليل', fr: 'Motif', en: 'Reason' },
  },
};
