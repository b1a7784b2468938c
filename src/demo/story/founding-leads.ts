/** The two leads of the founding story, one in each direction, and what came of them. Persons, places and events are invented. */
import type { StoryReport } from './report.ts';

export const harbourLead: StoryReport = {
  key: 'harbour',
  from: 'atlas',
  to: ['meridian'],
  language: 'ar',
  title: 'رجل في هالدن يُعِدّ لتفجيرات في أماكن مكتظة',
  reportType: 'lead',
  urgency: 'urgent',
  respondWithinDays: 5,
  grading: { source: 'B', information: '2' },
  level: 2,
  handling: ['H1', 'H2'],
  purpose: 'terrorism-prevention',
  legalBasis: 'قانون مكافحة الإرهاب، المادة 14',
  portions: [
    {
      nature: 'fact',
      text: 'تتابع مديريتنا منذ ثلاثة أشهر رجلًا يجنّد عبر الشبكة من خارج بلادنا. وفي الأسابيع الأخيرة تراسل هذا الرجل أكثر من أربعين مرة مع شخص يقول إنه يقيم في مدينة هالدن عندكم، ويوقّع رسائله بلقب «أبو طارق»، ويذكر أنه في الحادية والثلاثين من عمره وأنه يعمل في مخازن الميناء.',
    },
    {
      nature: 'fact',
      text: 'سأل صاحب اللقب في ثلاث رسائل عن صنع عبوات من مواد تباع في المتاجر، وأرسل صورتين لمستودع استأجره، يظهر في إحداهما باب أخضر عليه الرقم 27 ورافعة من رافعات الميناء.',
    },
    {
      nature: 'fact',
      level: 4,
      text: 'مصدر هذه الرسائل شخص في محيط المجنِّد، قابله ضابط من مديريتنا مرتين خارج البلاد، وقدّم نسخًا من هاتفه. وكشفُ وصول الرسائل إلينا يعرّض حياته للخطر.',
    },
    {
      nature: 'assessment',
      text: 'من المرجّح جدًا أن صاحب اللقب جاوز الكلام إلى الإعداد، وأن هدفه أماكن مكتظة قريبة من الميناء. وثقتنا في ذلك متوسطة، لأن الرسائل لا تسمّي يومًا ولا مكانًا.',
    },
    {
      nature: 'assessment',
      text: 'نقترح تحديد المستودع قبل الاقتراب من الرجل، فإن قُطع الاتصال به فجأة فقد يخفي المجنِّد آثاره عند غيره. ونحن مستعدون لتزويدكم بنصوص الرسائل مترجمة خلال يوم من طلبكم.',
    },
  ],
};

export const borderCellLead: StoryReport = {
  key: 'border-cell',
  from: 'meridian',
  to: ['atlas'],
  language: 'en',
  title: 'Four men in Tizra preparing to leave for camps in the Sahel',
  reportType: 'lead',
  urgency: 'urgent',
  respondWithinDays: 4,
  grading: { source: 'A', information: '2' },
  level: 2,
  alsoReleasableTo: ['sahara'],
  handling: ['H1', 'H2'],
  purpose: 'terrorism-prevention',
  legalBasis: 'Counter-Terrorism Cooperation Act, section 12',
  portions: [
    {
      nature: 'fact',
      text: 'For three weeks a closed channel that we read under a court order has carried the talk of four men who live in Tizra, on your eastern border. By their own words they are 24, 25, 27 and 28 years old; two of them are cousins, and the eldest repairs lorries near the old customs yard.',
    },
    {
      nature: 'fact',
      text: 'On a call that we hold as a recording, each of the four in turn pledged allegiance to the organisation that calls itself the Black Caravan. The man who took the pledge spoke from a number in the Sahel and told them where they were expected.',
    },
    {
      nature: 'assessment',
      text: 'They very likely mean to leave for the camps of the organisation within the next four weeks, by the Wadi Sarr track, in order to fight there. Our confidence in this is high: they have sold a motorcycle and agreed who tells the families.',
    },
    {
      nature: 'fact',
      text: 'The eldest has asked a smuggler whom we know as “the Miller” for the price of four places. The same man carries cannabis resin north and pistols south along this track.',
    },
    {
      nature: 'assessment',
      text: 'If the journey fails, an attack in Tizra itself is a realistic possibility. Our confidence in this is low, since it rests on one remark by the youngest.',
    },
  ],
};

export const harbourOutcome = [
  'At 05:40 this morning officers of the judicial bureau arrested one man at a rented store in the port of Halden. He is 31 and worked as a storeman. Nobody was hurt.',
  'In the store, behind a green door, they found 14 kg of precursor chemicals, two pressure vessels fitted with timers and a hand-drawn plan of the ferry hall. The devices were made safe on the spot.',
  'He was brought before the federal court at noon and charged on two counts. He is presumed innocent until the court has decided. Your translation of the messages shortened the search for the store by days.',
].join('\n');

export const borderCellOutcome = [
  'فجر اليوم، وبإذن من النيابة العامة، دخلت فرق المكتب القضائي أربعة مساكن في تيزرا في وقت واحد وأوقفت أربعة رجال أعمارهم 24 و25 و27 و28 سنة، من دون إصابات.',
  'حُجزت خمسة هواتف وجهاز إرسال ومسدس، ومبلغ من المال، وورقة كُتب عليها نص البيعة، وخريطة عُلّم عليها مسلك وادي السرّ. وثبت أن الرحلة كانت مقررة بعد ستة أيام.',
  'وُضع الموقوفون تحت الحراسة النظرية، وهم أبرياء إلى أن تثبت إدانتهم. ولم يكن الوصول إليهم قبل سفرهم ممكنًا لولا ما أعطيتمونا إياه.',
].join('\n');
