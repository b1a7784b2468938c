import type { KindWords } from '../kind.ts';

export const reportWords: KindWords = {
  caption: { ar: 'تقرير', fr: 'Rapport de renseignement', en: 'Report' },
  captions: {
    reportType: { ar: 'طبيعة التقرير', fr: 'Nature du rapport', en: 'Type of report' },
    'reportType/lead': { ar: 'معلومة للاستغلال', fr: 'Renseignement à exploiter', en: 'Lead to follow up' },
    'reportType/information': { ar: 'معلومة للإحاطة', fr: 'Renseignement pour information', en: 'For information' },
    urgency: { ar: 'درجة الاستعجال', fr: 'Degré d’urgence', en: 'Urgency' },
    'urgency/routine': { ar: 'عادي', fr: 'Ordinaire', en: 'Routine' },
    'urgency/urgent': { ar: 'مستعجل', fr: 'Urgent', en: 'Urgent' },
    'urgency/immediate': { ar: 'فوري', fr: 'Immédiat', en: 'Immediate' },
    respondBy: { ar: 'الرد مطلوب قبل', fr: 'Réponse attendue avant le', en: 'Answer needed by' },
  },
};
