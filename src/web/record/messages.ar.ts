import { plural } from '../i18n/catalogue.ts';

/** The words of a record as it is shown anywhere: its text, its handling, its deliveries, and what can be done with it. */
export const ar = {
  untitled: 'عنوانه ليس في نسختنا',
  portion: 'الفقرة {{number}}',
  withheldHere: plural({
    zero: 'لا فقرات محجوبة هنا',
    one: 'هنا فقرة لم تُعطَ لنا',
    two: 'هنا فقرتان لم تُعطيا لنا',
    few: 'هنا {{count}} فقرات لم تُعطَ لنا',
    many: 'هنا {{count}} فقرة لم تُعطَ لنا',
    other: 'هنا {{count}} فقرة لم تُعطَ لنا',
  }),
  handling: {
    title: 'شروط الاستعمال',
    may: 'يجوز لكم',
    mayNot: 'لا يجوز لكم دون إذن {{service}}',
    mayNotOwn: 'لا يجوز لمن تسلّمه دون إذننا',
    mayOwn: 'يجوز لمن تسلّمه',
    conditions: 'شروط أخرى وضعها {{service}}',
    ask: 'لطلب الإذن: {{service}}',
    does: {
      'act-on-it': 'العمل بناء عليه',
      'share-within-service': 'اطلاع زملائكم في الجهاز ممن لهم حاجة إليه',
      'use-in-court': 'الإدلاء به أمام القضاء',
      'pass-onward': 'إحالته إلى طرف ثالث',
      publish: 'نشره أو الإشارة إليه علنا',
      'use-for-other-purpose': 'استعماله لغرض غير المذكور أدناه',
      'act-openly': 'التحرك على نحو يلحظه المعنيّون به',
      'meet-condition': 'مخالفة الشروط المذكورة أدناه',
    },
    purpose: 'الغرض',
    legalBasis: 'السند القانوني',
    reviewBy: 'يُراجَع قبل',
    reviewOverdue: 'فات موعد مراجعته',
  },
  grading: {
    title: 'تقييم المعلومة',
    sentence: '{{source}}، والمعلومة {{information}}',
    none: 'بلا تقييم',
  },
  board: {
    title: 'مسار الإرسال',
    to: 'إلى {{service}}',
    notYet: 'لم يحدث بعد',
    refusedByUs: 'أوقفته عقدتنا قبل الإرسال',
    refusedByThem: 'ردّته عقدة الشريك',
    withheld: plural({
      zero: 'النص كله',
      one: 'دون فقرة واحدة',
      two: 'دون فقرتين',
      few: 'دون {{count}} فقرات',
      many: 'دون {{count}} فقرة',
      other: 'دون {{count}} فقرة',
    }),
  },
  actions: {
    decide: 'اتخاذ قرار',
    'report-outcome': 'الإبلاغ بالنتيجة',
    assent: 'الموافقة على الاتفاق',
    'end-agreement': 'إنهاء الاتفاق',
    release: 'إتاحته لشريك آخر',
    'assign-desk': 'تكليف مكتب',
    open: 'فتح الصفحة كاملة',
    print: 'طباعة',
  },
};
export type RecordWords = typeof ar;
