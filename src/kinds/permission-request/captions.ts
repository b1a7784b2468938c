import type { KindWords } from '../kind.ts';

export const permissionRequestWords: KindWords = {
  caption: { ar: 'طلب إذن', fr: 'Demande d’autorisation', en: 'Request for permission' },
  captions: {
    use: { ar: 'الاستعمال', fr: 'Usage', en: 'Use' },
    'use/judicial': { ar: 'إجراءات قضائية', fr: 'Procédure judiciaire', en: 'Court proceedings' },
    'use/onward': { ar: 'إتاحة لجهاز آخر', fr: 'Transmission à un autre service', en: 'Passing on to another service' },
    'use/publication': { ar: 'نشر للعموم', fr: 'Publication', en: 'Publication' },
    'use/other-purpose': { ar: 'غرض آخر', fr: 'Autre finalité', en: 'Another purpose' },
    onwardTo: { ar: 'الجهاز المستفيد', fr: 'Service destinataire', en: 'Service to be given it' },
    onwardCard: { ar: 'بطاقة الجهاز المستفيد', fr: 'Fiche du service destinataire', en: 'Card of that service' },
    purpose: { ar: 'الغرض', fr: 'Finalité', en: 'Purpose' },
    'purpose/terrorism-prevention': {
      ar: 'الوقاية من الإرهاب',
      fr: 'Prévention du terrorisme',
      en: 'Prevention of terrorism',
    },
    'purpose/terrorism-investigation': {
      ar: 'البحث في قضايا الإرهاب',
      fr: 'Enquête en matière de terrorisme',
      en: 'Investigation of terrorism',
    },
    'purpose/organised-crime': { ar: 'الجريمة المنظمة', fr: 'Criminalité organisée', en: 'Organised crime' },
    'purpose/border-security': { ar: 'أمن الحدود', fr: 'Sécurité des frontières', en: 'Border security' },
    'purpose/administration': {
      ar: 'تدبير العلاقة بين الأجهزة',
      fr: 'Gestion des relations entre services',
      en: 'Administration between services',
    },
    portions: { ar: 'الفقرات المعنية', fr: 'Paragraphes visés', en: 'Paragraphs concerned' },
    reason: { ar: 'التعليل', fr: 'Motif', en: 'Reason' },
    until: { ar: 'مطلوب إلى غاية', fr: 'Nécessaire jusqu’au', en: 'Needed until' },
  },
};
