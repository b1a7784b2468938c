/** The story in order. Days are counted back from the day on which the demo is first started; hours are UTC. */
import { conditionScenes } from './conditions.ts';
import { borderCellLead, borderCellOutcome, harbourLead, harbourOutcome } from './founding-leads.ts';
import {
  camelsInformation,
  courierLead,
  forgerLead,
  guideLead,
  lorryInformation,
  paymentsInformation,
  sourcesInformation,
  travellersInformation,
  wellLead,
} from './other-reports.ts';
import type { StoryReport } from './report.ts';
import { at, type Moment, type Scene } from './scene.ts';
import type { ServiceCode } from './services.ts';

/** Cards are exchanged, fingerprints compared and agreements signed before the first scene. */
export const trust = {
  setUp: at(63, '08:00'),
  cards: at(62, '09:00'),
  proposals: at(60, '10:00'),
  assents: at(58, '11:00'),
};

const give = (when: Moment, report: StoryReport): Scene => ({
  act: 'give',
  at: when,
  service: report.from,
  role: 'liaison',
  report,
});
const read = (when: Moment, service: ServiceCode, report: StoryReport): Scene => ({
  act: 'read',
  at: when,
  service,
  role: 'liaison',
  report,
});

const readAnswers = (when: Moment, report: StoryReport): Scene => ({
  act: 'read-answers',
  at: when,
  service: report.from,
  role: 'liaison',
  report,
});

const reportScenes: readonly Scene[] = [
  // Seven weeks ago: Atlas gives Meridian the lead that prevents the bombings.
  give(at(49, '09:12'), harbourLead),
  read(at(49, '11:40'), 'meridian', harbourLead),
  {
    act: 'assign',
    at: at(49, '12:05'),
    service: 'meridian',
    role: 'liaison',
    report: harbourLead,
    desk: 'analysis',
    reason: 'Find the store: green door, number 27, cranes in view.',
  },
  {
    act: 'decide',
    at: at(48, '08:30'),
    service: 'meridian',
    role: 'liaison',
    report: harbourLead,
    decision: 'act',
    assignTo: 'judicial',
  },
  {
    act: 'report-outcome',
    at: at(44, '15:20'),
    service: 'meridian',
    role: 'case-officer',
    report: harbourLead,
    results: [
      { result: 'arrests', count: 1 },
      { result: 'plots-disrupted', count: 1 },
      { result: 'seizures', count: 3 },
      { result: 'charges', count: 2 },
    ],
    text: harbourOutcome,
  },

  readAnswers(at(44, '16:00'), harbourLead),

  give(at(40, '07:55'), lorryInformation),
  read(at(40, '10:10'), 'atlas', lorryInformation),
  {
    act: 'decide',
    at: at(39, '09:00'),
    service: 'atlas',
    role: 'liaison',
    report: lorryInformation,
    decision: 'already-known',
    reason: 'رصدت دورياتنا الشاحنتين نفسيهما قبل ذلك بليلة، وأُبلغت الجمارك.',
  },
  readAnswers(at(39, '14:30'), lorryInformation),

  give(at(33, '14:00'), paymentsInformation),
  read(at(32, '08:15'), 'sahara', paymentsInformation),
  {
    act: 'decide',
    at: at(31, '16:45'),
    service: 'sahara',
    role: 'liaison',
    report: paymentsInformation,
    decision: 'no-action',
    reason: 'Le changeur est connu : il reçoit les envois de familles émigrées. Rien ne le relie à un groupe.',
  },
  readAnswers(at(30, '09:05'), paymentsInformation),

  // Weeks after the first: Meridian's lead lets the judicial bureau of Atlas dismantle the cell.
  give(at(20, '17:05'), borderCellLead),
  read(at(20, '18:30'), 'atlas', borderCellLead),
  {
    act: 'assign',
    at: at(20, '18:45'),
    service: 'atlas',
    role: 'liaison',
    report: borderCellLead,
    desk: 'analysis',
    reason: 'البحث عن الأربعة وعن صاحب ورشة الشاحنات في ما لدينا من ملفات.',
  },
  {
    act: 'decide',
    at: at(19, '07:30'),
    service: 'atlas',
    role: 'liaison',
    report: borderCellLead,
    decision: 'act',
    assignTo: 'judicial',
  },
  readAnswers(at(19, '08:40'), borderCellLead),

  give(at(7, '10:30'), guideLead),
  read(at(6, '09:20'), 'sahara', guideLead),
  {
    act: 'decide',
    at: at(5, '11:00'),
    service: 'sahara',
    role: 'liaison',
    report: guideLead,
    decision: 'need-more',
    reason: 'Trois guides répondent à ce surnom. Un âge, un dialecte ou le nom d’une bête nous suffirait.',
  },
  give(at(4, '09:30'), travellersInformation),
  read(at(4, '11:45'), 'meridian', travellersInformation),
  give(at(4, '13:10'), sourcesInformation),

  // What waits today: fresh answers to read, and one lead to decide in each inbox; Sahara has not opened its own yet.
  give(at(3, '09:40'), wellLead),
  give(at(2, '11:25'), forgerLead),
  give(at(2, '15:40'), camelsInformation),
  read(at(1, '08:50'), 'meridian', forgerLead),
  {
    act: 'report-outcome',
    at: at(1, '10:15'),
    service: 'atlas',
    role: 'case-officer',
    report: borderCellLead,
    results: [
      { result: 'arrests', count: 4 },
      { result: 'plots-disrupted', count: 1 },
      { result: 'seizures', count: 9 },
    ],
    text: borderCellOutcome,
  },
  give(at(1, '16:30'), courierLead),
];

const inTime = (one: Moment, other: Moment) => other.daysAgo - one.daysAgo || one.time.localeCompare(other.time);

export const scenes: readonly Scene[] = [...reportScenes, ...conditionScenes].toSorted((one, other) =>
  inTime(one.at, other.at),
);
