/**
 * What became of the conditions on the two founding leads: a permission refused, one granted with limits and passed on,
 * one for the courts, and a correction that reached the third service after it had acted.
 */
import { borderCellLead, harbourLead } from './founding-leads.ts';
import type { StoryRequest } from './request.ts';
import { at, type Scene } from './scene.ts';

/** The portions that Sahara needs: the journey, and the smuggler. */
const journeyAndSmuggler = [2, 3];

const courtFile = 'Dossier 114/26, parquet d’Oum Salaf';

export const routeQuestion: StoryRequest = {
  key: 'track',
  from: 'sahara',
  to: ['atlas'],
  language: 'fr',
  title: 'Passages par la piste d’Oued Sarr depuis le mois de septembre',
  question:
    'Quels véhicules et quels groupes vos postes ont-ils vus passer par la piste d’Oued Sarr depuis le 1er septembre, et à quelles heures ?',
  reasons:
    'Nous cherchons par où quatre hommes devaient rejoindre les camps de la Caravane noire, et qui les attendait au puits.',
  urgency: 'urgent',
  urgencyReason: 'Le prochain départ annoncé tombe dans dix jours.',
  respondWithinDays: 3,
  purpose: 'terrorism-prevention',
  legalBasis: 'Loi sur le renseignement, article 9',
};

export const conditionScenes: readonly Scene[] = [
  // The source of the first lead stands too close to the recruiter: it stays out of court.
  {
    act: 'ask-permission',
    at: at(43, '09:30'),
    service: 'meridian',
    role: 'case-officer',
    report: harbourLead,
    use: 'judicial',
    reason:
      'The federal prosecutor asks whether your report may be shown to the court beside what was found in the store.',
  },
  {
    act: 'decide-permission',
    at: at(42, '11:15'),
    service: 'atlas',
    role: 'director',
    report: harbourLead,
    of: 'meridian',
    decision: {
      decision: 'refused',
      ground: 'source-protection',
      explanation: 'ظهور التقرير في ملف الدعوى يدلّ على مصدره ويعرّض حياته للخطر. وما وُجد في المستودع يكفي وحده.',
    },
  },

  // Four men on their way to the Sahel concern Sahara: Meridian lets Atlas pass on two portions.
  {
    act: 'ask-permission',
    at: at(18, '09:00'),
    service: 'atlas',
    role: 'liaison',
    report: borderCellLead,
    use: 'onward',
    onwardTo: 'sahara',
    portions: journeyAndSmuggler,
    reason: 'المسلك الذي يذكره تقريركم ينتهي في أرضهم، وهم وحدهم من يستطيع معرفة من ينتظر المسافرين عند طرفه.',
  },
  {
    act: 'decide-permission',
    at: at(18, '13:40'),
    service: 'meridian',
    role: 'director',
    report: borderCellLead,
    of: 'atlas',
    decision: {
      decision: 'granted',
      portions: journeyAndSmuggler,
      validForDays: 60,
      conditions: 'For finding who waits at the end of the track. No arrest on this alone.',
    },
  },
  { act: 'pass-on', at: at(18, '15:05'), service: 'atlas', role: 'liaison', report: borderCellLead, to: 'sahara' },
  { act: 'read', at: at(18, '17:20'), service: 'sahara', role: 'liaison', report: borderCellLead },
  {
    act: 'assign',
    at: at(18, '17:30'),
    service: 'sahara',
    role: 'liaison',
    report: borderCellLead,
    desk: 'judicial',
    reason: 'Retrouver le passeur dit « le Meunier ».',
  },
  {
    act: 'ask-permission',
    at: at(16, '08:45'),
    service: 'sahara',
    role: 'case-officer',
    report: borderCellLead,
    use: 'judicial',
    reason: 'Le parquet d’Oum Salaf ouvre une procédure contre le passeur et demande sur quoi reposent nos soupçons.',
  },
  {
    act: 'decide-permission',
    at: at(16, '14:10'),
    service: 'meridian',
    role: 'director',
    report: borderCellLead,
    of: 'sahara',
    decision: {
      decision: 'granted',
      portions: null,
      validForDays: 90,
      conditions: 'To the prosecutor alone, not in open court.',
    },
  },
  {
    act: 'use',
    at: at(15, '09:30'),
    service: 'sahara',
    role: 'case-officer',
    report: borderCellLead,
    reference: courtFile,
    stage: 'arrest',
  },

  { act: 'ask', at: at(9, '10:00'), service: 'sahara', role: 'liaison', request: routeQuestion },
  {
    act: 'answer',
    at: at(8, '15:30'),
    service: 'atlas',
    role: 'liaison',
    request: routeQuestion,
    answer: 'partial',
    restWithinDays: 12,
    grading: { source: 'A', information: '2' },
    text: 'سجّل مركزان من ثلاثة منذ فاتح شتنبر أحد عشر مرورا ليليا، كلها بين الثانية والرابعة صباحا، منها ست مرات بشاحنتين مغطّاتين. وسجلات المركز الثالث تصلكم لاحقا.',
  },

  // The smuggler was another man. Atlas has only read it; Sahara has arrested someone.
  {
    act: 'correct',
    at: at(6, '08:30'),
    service: 'meridian',
    role: 'liaison',
    report: borderCellLead,
    ground: 'mistaken-identity',
    explanation:
      'A second recording shows that the smuggler is not the man known as “the Miller”. Whoever acted against that man on our word should stop and tell us.',
    respondWithinDays: 10,
    portion: 3,
    text: 'The eldest has asked a smuggler for the price of four places. We took this smuggler for the man known as “the Miller”; a second recording shows another voice, whose owner we do not know. We have nothing that ties “the Miller” to this journey.',
  },
  {
    act: 'answer-correction',
    at: at(6, '10:20'),
    service: 'atlas',
    role: 'liaison',
    report: borderCellLead,
    answer: { answer: 'replaced' },
  },
  {
    act: 'answer-correction',
    at: at(5, '09:15'),
    service: 'sahara',
    role: 'case-officer',
    report: borderCellLead,
    answer: {
      answer: 'relied-on',
      case: courtFile,
      stage: 'arrest',
      explanation:
        'Un homme connu sous ce nom est en détention depuis neuf jours. Le parquet a reçu votre correction ce matin et décide aujourd’hui de sa remise en liberté.',
    },
  },
];
