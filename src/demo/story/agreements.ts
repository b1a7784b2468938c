/** The three agreements: each proposed by one director and assented to by the other. */
import type { Language } from '#src/protocol/primitives.ts';
import type { ServiceCode } from './services.ts';

export interface StoryAgreement {
  readonly proposer: ServiceCode;
  readonly partner: ServiceCode;
  readonly language: Language;
  readonly title: string;
  readonly text: string;
  /** The highest level that may pass under it. */
  readonly ceiling: 1 | 2 | 3 | 4;
  readonly purposes: readonly (
    | 'terrorism-prevention'
    | 'terrorism-investigation'
    | 'organised-crime'
    | 'border-security'
  )[];
  readonly validForDays: number;
  readonly oversightIncluded: boolean;
  readonly legalBasis: string;
}

export const agreements: readonly StoryAgreement[] = [
  {
    proposer: 'atlas',
    partner: 'meridian',
    language: 'ar',
    title: 'اتفاق تبادل المعلومات بين المديرية الأطلسية للأمن ومكتب ميريديان الاتحادي',
    text: [
      'يتبادل الطرفان المعلومات اللازمة للوقاية من الإرهاب والتحقيق فيه ولمكافحة الجريمة المنظمة المتصلة به، إلى الدرجة الثالثة من السرية.',
      'ما يعطيه أحدهما لا يُقدَّم أمام القضاء ولا يُنقل إلى طرف ثالث إلا بإذن مسبق ممن أعطاه. ولجهة الرقابة عند كل طرف أن تقرأ ما ورد من الآخر.',
    ].join('\n'),
    ceiling: 3,
    purposes: ['terrorism-prevention', 'terrorism-investigation', 'organised-crime', 'border-security'],
    validForDays: 5 * 365,
    oversightIncluded: true,
    legalBasis: 'قانون التعاون الأمني الدولي، المادة 6',
  },
  {
    proposer: 'sahara',
    partner: 'atlas',
    language: 'fr',
    title: 'Accord d’échange entre le Service de renseignement du Sahara et la Direction de la sécurité de l’Atlas',
    text: [
      'Les deux services échangent ce qui sert à prévenir le terrorisme et à tenir la frontière, jusqu’au niveau 2.',
      'Aucune information reçue n’est produite en justice ni transmise plus loin sans la permission de celui qui l’a donnée.',
    ].join('\n'),
    ceiling: 2,
    purposes: ['terrorism-prevention', 'organised-crime', 'border-security'],
    validForDays: 3 * 365,
    oversightIncluded: false,
    legalBasis: 'Loi sur le renseignement, article 9',
  },
  {
    proposer: 'meridian',
    partner: 'sahara',
    language: 'en',
    title: 'Exchange agreement between the Meridian Federal Bureau and the Sahara Intelligence Service',
    text: [
      'The two services exchange what serves to prevent terrorism and to trace the trafficking that pays for it, up to level 2.',
      'What one gives is used for the stated purpose alone. Any other use needs its permission beforehand.',
    ].join('\n'),
    ceiling: 2,
    purposes: ['terrorism-prevention', 'organised-crime'],
    validForDays: 3 * 365,
    oversightIncluded: false,
    legalBasis: 'Counter-Terrorism Cooperation Act, section 12',
  },
];
