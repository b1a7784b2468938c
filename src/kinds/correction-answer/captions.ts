import type { KindWords } from '../kind.ts';

export const correctionAnswerWords: KindWords = {
  caption: { ar: 'رد على تصحيح', fr: 'Réponse à une rectification', en: 'Answer to a correction' },
  captions: {
    answer: { ar: 'الرد', fr: 'Réponse', en: 'Answer' },
    'answer/replaced': { ar: 'استُبدل بالإصدار الجديد', fr: 'Remplacée', en: 'Replaced' },
    'answer/quarantined': { ar: 'وُضع في الحجر', fr: 'Mise en quarantaine', en: 'Quarantined' },
    'answer/erased': { ar: 'مُحي لدينا', fr: 'Effacée chez nous', en: 'Erased here' },
    'answer/relied-on': { ar: 'اعتُمد عليه في قضية', fr: 'Utilisée dans une affaire', en: 'Relied on in a case' },
    'answer/refused': { ar: 'رُفض الطلب', fr: 'Refusée', en: 'Refused' },
    case: { ar: 'القضية', fr: 'Affaire', en: 'Case' },
    stage: { ar: 'المرحلة', fr: 'Stade', en: 'Stage' },
    'stage/inquiry': { ar: 'البحث التمهيدي', fr: 'Enquête', en: 'Inquiry' },
    'stage/arrest': { ar: 'التوقيف', fr: 'Interpellation', en: 'Arrest' },
    'stage/charge': { ar: 'المتابعة', fr: 'Poursuites', en: 'Charge' },
    'stage/trial': { ar: 'المحاكمة', fr: 'Procès', en: 'Trial' },
    'stage/judgment': { ar: 'الحكم', fr: 'Jugement', en: 'Judgment' },
    ground: { ar: 'سبب الرفض', fr: 'Motif du refus', en: 'Ground of the refusal' },
    'ground/legal-duty-to-keep': {
      ar: 'واجب قانوني بالحفظ',
      fr: 'Obligation légale de conservation',
      en: 'Legal duty to keep it',
    },
    'ground/evidence-in-proceedings': {
      ar: 'دليل في دعوى جارية',
      fr: 'Élément de preuve dans une procédure',
      en: 'Evidence in proceedings',
    },
    'ground/oversight-order': {
      ar: 'أمر من هيئة الرقابة',
      fr: 'Décision de l’organe de contrôle',
      en: 'Order of the oversight body',
    },
    'ground/independent-source': {
      ar: 'معلومة من مصدر مستقل',
      fr: 'Source indépendante',
      en: 'Known from an independent source',
    },
    'ground/not-held': { ar: 'السجل غير موجود لدينا', fr: 'Fiche non détenue', en: 'Not held here' },
    explanation: { ar: 'التوضيح', fr: 'Explication', en: 'Explanation' },
  },
};
