import { titlesOfTakenBack } from '#src/protocol/correction/taken-back.ts';
import type { KindWords } from '../kind.ts';

export const correctionWords: KindWords = {
  caption: { ar: 'إشعار بالتصحيح', fr: 'Avis de rectification', en: 'Correction' },
  captions: {
    change: { ar: 'التغيير', fr: 'Changement', en: 'Change' },
    'change/corrected': { ar: 'صُحّح السجل', fr: 'Fiche rectifiée', en: 'Record corrected' },
    'change/withdrawn': titlesOfTakenBack.withdrawn,
    'change/erased': titlesOfTakenBack.erased,
    ground: { ar: 'السبب', fr: 'Motif', en: 'Ground' },
    'ground/factual-error': { ar: 'خطأ في الوقائع', fr: 'Erreur de fait', en: 'Factual error' },
    'ground/mistaken-identity': { ar: 'التباس في الهوية', fr: 'Erreur sur la personne', en: 'Mistaken identity' },
    'ground/source-unreliable': { ar: 'مصدر غير موثوق', fr: 'Source non fiable', en: 'Source unreliable' },
    'ground/unlawfully-obtained': {
      ar: 'معلومة محصّلة بصورة غير مشروعة',
      fr: 'Obtention illicite',
      en: 'Unlawfully obtained',
    },
    'ground/ill-treatment-suspected': {
      ar: 'اشتباه في سوء معاملة',
      fr: 'Soupçon de mauvais traitements',
      en: 'Ill-treatment suspected',
    },
    'ground/no-longer-necessary': { ar: 'لم تعد ضرورية', fr: 'N’est plus nécessaire', en: 'No longer necessary' },
    'ground/court-order': { ar: 'أمر قضائي', fr: 'Décision de justice', en: 'Court order' },
    'ground/person-request': {
      ar: 'طلب من الشخص المعني',
      fr: 'Demande de la personne concernée',
      en: 'Request of the person concerned',
    },
    explanation: { ar: 'التوضيح', fr: 'Explication', en: 'Explanation' },
    respondBy: { ar: 'الرد مطلوب قبل', fr: 'Réponse attendue avant le', en: 'Answer needed by' },
    record: { ar: 'السجل المعني', fr: 'Fiche visée', en: 'Record concerned' },
    hash: { ar: 'بصمة الإصدار الجديد', fr: 'Empreinte de la nouvelle révision', en: 'Hash of the new revision' },
  },
};
