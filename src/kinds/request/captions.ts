import type { KindWords } from '../kind.ts';

export const requestWords: KindWords = {
  caption: { ar: 'طلب معلومات', fr: 'Demande d’informations', en: 'Request for information' },
  captions: {
    urgency: { ar: 'درجة الاستعجال', fr: 'Degré d’urgence', en: 'Urgency' },
    'urgency/routine': { ar: 'عادي', fr: 'Ordinaire', en: 'Routine' },
    'urgency/urgent': { ar: 'مستعجل', fr: 'Urgent', en: 'Urgent' },
    'urgency/immediate': { ar: 'فوري', fr: 'Immédiat', en: 'Immediate' },
    urgencyReason: { ar: 'سبب الاستعجال', fr: 'Motif de l’urgence', en: 'Reason for the urgency' },
    respondBy: { ar: 'أجل الرد', fr: 'Réponse attendue avant le', en: 'Answer due by' },
    intendedUse: { ar: 'الاستعمال المعتزم', fr: 'Usage envisagé', en: 'Intended use' },
    'intendedUse/judicial': { ar: 'أمام القضاء', fr: 'Devant la justice', en: 'In judicial proceedings' },
    clarification: { ar: 'عدد التوضيحات المقدمة', fr: 'Précisions apportées', en: 'Clarifications given' },
  },
};
