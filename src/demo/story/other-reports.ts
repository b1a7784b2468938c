/** The smaller items that keep three inboxes alive: each state that a report can be in appears at least once. */
import { borderCellLead } from './founding-leads.ts';
import type { StoryReport } from './report.ts';

export const lorryInformation: StoryReport = {
  key: 'lorries',
  from: 'sahara',
  to: ['atlas'],
  language: 'fr',
  title: 'Deux camions bâchés repérés sur la piste d’Oued Sarr',
  reportType: 'information',
  urgency: 'routine',
  grading: { source: 'B', information: '3' },
  level: 1,
  handling: ['H2'],
  purpose: 'border-security',
  legalBasis: 'Loi sur le renseignement, article 9',
  portions: [
    {
      nature: 'fact',
      text: 'Une patrouille a croisé deux camions bâchés, sans plaques, roulant de nuit et tous feux éteints sur la piste d’Oued Sarr, à une trentaine de kilomètres au sud de la borne 44.',
    },
    {
      nature: 'assessment',
      text: 'Il s’agit probablement d’un passage de résine organisé par le réseau dit « du Meunier ». Notre confiance est moyenne.',
    },
  ],
};

export const paymentsInformation: StoryReport = {
  key: 'payments',
  from: 'meridian',
  to: ['sahara'],
  language: 'en',
  title: 'Small transfers towards a money changer in the market of Tassalit',
  reportType: 'information',
  urgency: 'routine',
  grading: { source: 'C', information: '3' },
  level: 2,
  handling: ['H1', 'H2'],
  purpose: 'organised-crime',
  legalBasis: 'Counter-Terrorism Cooperation Act, section 12',
  portions: [
    {
      nature: 'fact',
      text: 'Nineteen transfers of less than 300 each went in two months from four senders in our country to one money changer in the market of Tassalit.',
    },
    {
      nature: 'assessment',
      text: 'It is unlikely that these are wages. Our confidence is low, because we do not know the receivers.',
    },
  ],
};

export const guideLead: StoryReport = {
  key: 'guide',
  from: 'atlas',
  to: ['sahara'],
  language: 'ar',
  title: 'دليل صحراوي يَعِد شبانًا بطريق إلى معسكرات الساحل',
  reportType: 'lead',
  urgency: 'routine',
  grading: { source: 'C', information: '3' },
  level: 2,
  handling: ['H1', 'H2'],
  purpose: 'terrorism-prevention',
  legalBasis: 'قانون مكافحة الإرهاب، المادة 14',
  portions: [
    {
      nature: 'fact',
      text: 'ذكر شابان عادا طوعًا إلى بلادنا أن دليلًا يُعرف بلقب «الطحّان» عرض عليهما، في سوق تسليت عندكم، مرافقتهما إلى معسكر لقاء ثمن دابة.',
    },
    {
      nature: 'assessment',
      text: 'من المحتمل أن الدليل نفسه يعمل لشبكة تهريب ولا شأن له بالعقيدة، فهو يأخذ أجره من الطرفين. وثقتنا في ذلك ضعيفة.',
    },
  ],
};

/** Level 3 under an agreement that allows 2: it never leaves, and the board says by which rule. */
export const sourcesInformation: StoryReport = {
  key: 'above-ceiling',
  from: 'atlas',
  to: ['sahara'],
  language: 'ar',
  title: 'قائمة أرقام الاتصال المستخرجة من هاتف المجنِّد',
  reportType: 'information',
  urgency: 'routine',
  grading: { source: 'B', information: '2' },
  level: 3,
  handling: ['H1', 'H2'],
  purpose: 'terrorism-prevention',
  legalBasis: 'قانون مكافحة الإرهاب، المادة 14',
  portions: [
    {
      nature: 'fact',
      text: 'استُخرج من الهاتف سبعة عشر رقمًا تنتهي بمفتاح الاتصال عندكم، ثلاثة منها اتصلت بالمجنِّد في يوم واحد.',
    },
  ],
};

export const wellLead: StoryReport = {
  key: 'well',
  from: 'sahara',
  to: ['atlas'],
  language: 'fr',
  title: 'Un dépôt d’armes enterré près du puits d’Anou Mellen',
  reportType: 'lead',
  urgency: 'urgent',
  respondWithinDays: 6,
  grading: { source: 'B', information: '3' },
  level: 2,
  handling: ['H1', 'H2'],
  purpose: 'terrorism-prevention',
  legalBasis: 'Loi sur le renseignement, article 9',
  portions: [
    {
      nature: 'fact',
      text: 'Un berger a montré à notre poste l’endroit où, il y a neuf jours, quatre hommes venus de votre côté de la frontière ont enterré des caisses longues, à deux cents pas au nord du puits d’Anou Mellen.',
    },
    {
      nature: 'fact',
      text: 'Nous avons photographié les lieux de loin, sans nous en approcher. Le sol a été retourné sur trois mètres environ.',
    },
    {
      nature: 'assessment',
      text: 'Il est probable que ce dépôt serve à un groupe qui doit encore passer. Notre confiance est moyenne : un seul témoin, mais qui connaît chaque pierre.',
    },
  ],
};

/** Sahara writes what it has found out to Meridian, and says that it goes back to what Meridian itself had given (ACC-19). */
export const travellersInformation: StoryReport = {
  key: 'travellers',
  from: 'sahara',
  to: ['meridian'],
  language: 'fr',
  title: 'Quatre voyageurs attendus au puits d’Oued Sarr',
  reportType: 'information',
  urgency: 'routine',
  grading: { source: 'C', information: '3' },
  level: 2,
  handling: ['H1', 'H2'],
  purpose: 'terrorism-prevention',
  legalBasis: 'Loi sur le renseignement, article 9',
  drawsOn: [borderCellLead],
  portions: [
    {
      nature: 'fact',
      text: 'Un éleveur qui abreuve ses bêtes au puits d’Oued Sarr a dit à nos gendarmes que quatre étrangers y étaient attendus avant la pleine lune, et qu’un guide avait été payé d’avance. Il tient cela d’un parent qu’il ne nomme pas.',
    },
    {
      nature: 'assessment',
      text: 'Ces voyageurs sont probablement les quatre hommes dont parle votre renseignement. Nous les avons cherchés parce que vous nous les aviez signalés : ceci n’en est donc pas une confirmation venue d’ailleurs.',
    },
  ],
};

/** Atlas too writes what it has found out by that lead: at Meridian the two are shown as one source, not as two (ACC-19). */
export const camelsInformation: StoryReport = {
  key: 'camels',
  from: 'atlas',
  to: ['meridian'],
  language: 'ar',
  title: 'قافلة إبل حُجزت سلفًا لأربعة مسافرين عند وادي سار',
  reportType: 'information',
  urgency: 'routine',
  grading: { source: 'B', information: '3' },
  level: 2,
  handling: ['H1', 'H2'],
  purpose: 'terrorism-prevention',
  legalBasis: 'قانون مكافحة الإرهاب، المادة 14',
  drawsOn: [borderCellLead],
  portions: [
    {
      nature: 'fact',
      text: 'قال صاحب إبل في سوق الحدود إنه تقاضى أجر أربعة رواحل مقدَّمًا، على أن تنتظر عند وادي سار قبل اكتمال القمر. ولم يعرف اسم من دفع.',
    },
    {
      nature: 'assessment',
      text: 'يغلب على الظن أن الرواحل للأربعة الذين نبّهتم إليهم. وقد سألنا عنها لأنكم دللتمونا على الطريق، فلا يُعدّ هذا تأكيدًا مستقلًا لما عندكم.',
    },
  ],
};

export const forgerLead: StoryReport = {
  key: 'forger',
  from: 'atlas',
  to: ['meridian'],
  language: 'ar',
  title: 'مزوّر وثائق يبيع جوازات تحمل أرقامًا من سلسلتكم',
  reportType: 'lead',
  urgency: 'routine',
  grading: { source: 'B', information: '2' },
  level: 2,
  handling: ['H1', 'H2'],
  purpose: 'organised-crime',
  legalBasis: 'قانون مكافحة الجريمة المنظمة، المادة 3',
  portions: [
    {
      nature: 'fact',
      text: 'ضُبطت عند الحدود الشرقية أربعة جوازات مزوّرة من إصداركم، تتوالى أرقامها وتحمل صورًا لأشخاص مختلفين. وقال حاملوها إنهم اشتروها من رجل واحد يقيم في هالدن.',
    },
    {
      nature: 'assessment',
      text: 'جودة الورق تدل في الغالب على أن المزوّر يصل إلى أوراق أصلية لم تُملأ بعد. وثقتنا في ذلك متوسطة.',
    },
  ],
};

export const courierLead: StoryReport = {
  key: 'courier',
  from: 'meridian',
  to: ['sahara'],
  language: 'en',
  title: 'A courier of the Black Caravan expected in Tassalit',
  reportType: 'lead',
  urgency: 'immediate',
  respondWithinDays: 2,
  grading: { source: 'A', information: '3' },
  level: 2,
  handling: ['H1', 'H2'],
  purpose: 'terrorism-prevention',
  legalBasis: 'Counter-Terrorism Cooperation Act, section 12',
  portions: [
    {
      nature: 'fact',
      text: 'A man who carries letters and money for the Black Caravan told a relative in our country that he will be in Tassalit for the coming market days. He walks with a stick and travels as a seller of salt.',
    },
    {
      nature: 'assessment',
      text: 'He will probably lodge with the money changer of whom we wrote to you last month. Our confidence is moderate.',
    },
  ],
};
