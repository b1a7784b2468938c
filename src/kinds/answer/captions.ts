import type { KindWords } from '../kind.ts';

export const answerWords: KindWords = {
  caption: { ar: 'رد على طلب معلومات', fr: 'Réponse à une demande', en: 'Answer to a request' },
  captions: {
    answer: { ar: 'الرد', fr: 'Réponse', en: 'Answer' },
    'answer/full': { ar: 'رد كامل', fr: 'Réponse complète', en: 'In full' },
    'answer/partial': { ar: 'رد جزئي', fr: 'Réponse partielle', en: 'In part' },
    'answer/no-information': {
      ar: 'لا معلومات لدينا',
      fr: 'Aucune information détenue',
      en: 'No information held',
    },
    'answer/clarification-needed': {
      ar: 'الطلب يحتاج إلى توضيح',
      fr: 'Précisions nécessaires',
      en: 'Clarification needed',
    },
    'answer/refused': { ar: 'رفض الطلب', fr: 'Demande refusée', en: 'Refused' },
    ground: { ar: 'سبب الرفض', fr: 'Motif du refus', en: 'Ground of the refusal' },
    'ground/judicial-authorisation-refused': {
      ar: 'رفض الإذن القضائي',
      fr: 'Autorisation judiciaire refusée',
      en: 'Judicial authorisation refused',
    },
    'ground/national-security': { ar: 'الأمن الوطني', fr: 'Sécurité nationale', en: 'National security' },
    'ground/ongoing-investigation': { ar: 'بحث جارٍ', fr: 'Enquête en cours', en: 'Ongoing investigation' },
    'ground/safety-of-a-person': {
      ar: 'سلامة شخص',
      fr: 'Sécurité d’une personne',
      en: 'Safety of a person',
    },
    'ground/manifestly-irrelevant': {
      ar: 'لا صلة للطلب بالغرض المصرح به',
      fr: 'Manifestement sans rapport avec la finalité',
      en: 'Manifestly irrelevant to the purpose',
    },
    'ground/not-proportionate': { ar: 'غير متناسب', fr: 'Non proportionné', en: 'Not proportionate' },
    'ground/incorrect-data': {
      ar: 'معلومات غير صحيحة أو غير محيّنة',
      fr: 'Données inexactes ou périmées',
      en: 'Data incorrect or out of date',
    },
    'ground/third-party-consent-refused': {
      ar: 'رفض الجهة المنشئة لدى طرف ثالث',
      fr: 'Refus du service tiers d’origine',
      en: 'Third-party originator refused',
    },
    'ground/minor-offence': { ar: 'جريمة بسيطة', fr: 'Infraction mineure', en: 'Minor offence' },
    restBy: { ar: 'الباقي متوقع قبل', fr: 'Complément attendu avant le', en: 'The rest expected by' },
  },
};
