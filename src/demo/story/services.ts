/** The three services of the story and their officers. All of it is invented. */
import type { Language, Trilingual } from '#src/protocol/primitives.ts';

export const serviceCodes = ['atlas', 'meridian', 'sahara'] as const;
export type ServiceCode = (typeof serviceCodes)[number];

export interface StoryOfficer {
  readonly login: string;
  readonly displayName: string;
  readonly role: 'liaison' | 'analyst' | 'case-officer' | 'director' | 'oversight' | 'administrator';
  readonly clearance: 0 | 1 | 2 | 3 | 4;
  readonly desks: readonly string[];
}

export interface StoryService {
  readonly code: ServiceCode;
  readonly names: Trilingual;
  readonly language: Language;
  /** The administrator sets the service up and creates the others. */
  readonly officers: readonly StoryOfficer[];
}

export const services: readonly StoryService[] = [
  {
    code: 'atlas',
    names: {
      ar: 'المديرية الأطلسية للأمن',
      fr: 'Direction de la sécurité de l’Atlas',
      en: 'Atlas Security Directorate',
    },
    language: 'ar',
    officers: [
      { login: 'salma.benaissa', displayName: 'سلمى بنعيسى', role: 'liaison', clearance: 4, desks: ['liaison'] },
      { login: 'idriss.ouriaghli', displayName: 'إدريس الورياغلي', role: 'analyst', clearance: 3, desks: ['analysis'] },
      { login: 'nadia.sqalli', displayName: 'نادية الصقلي', role: 'case-officer', clearance: 3, desks: ['judicial'] },
      {
        login: 'rahim.tazi',
        displayName: 'عبد الرحيم التازي',
        role: 'director',
        clearance: 4,
        desks: ['direction', 'liaison'],
      },
      { login: 'malika.oudghiri', displayName: 'مليكة الودغيري', role: 'oversight', clearance: 4, desks: [] },
      { login: 'hamza.boualam', displayName: 'حمزة بوعلام', role: 'administrator', clearance: 0, desks: [] },
    ],
  },
  {
    code: 'meridian',
    names: {
      ar: 'مكتب ميريديان الاتحادي',
      fr: 'Bureau fédéral de Méridian',
      en: 'Meridian Federal Bureau',
    },
    language: 'en',
    officers: [
      { login: 'ellen.marsh', displayName: 'Ellen Marsh', role: 'liaison', clearance: 3, desks: ['liaison'] },
      { login: 'tobias.reyes', displayName: 'Tobias Reyes', role: 'analyst', clearance: 3, desks: ['analysis'] },
      { login: 'priya.calder', displayName: 'Priya Calder', role: 'case-officer', clearance: 3, desks: ['judicial'] },
      {
        login: 'warren.holt',
        displayName: 'Warren Holt',
        role: 'director',
        clearance: 4,
        desks: ['direction', 'liaison'],
      },
      { login: 'judith.amsel', displayName: 'Judith Amsel', role: 'oversight', clearance: 4, desks: [] },
      { login: 'owen.park', displayName: 'Owen Park', role: 'administrator', clearance: 0, desks: [] },
    ],
  },
  {
    code: 'sahara',
    names: {
      ar: 'جهاز الصحراء للاستعلام',
      fr: 'Service de renseignement du Sahara',
      en: 'Sahara Intelligence Service',
    },
    language: 'fr',
    officers: [
      { login: 'aissata.maiga', displayName: 'Aïssata Maïga', role: 'liaison', clearance: 3, desks: ['liaison'] },
      { login: 'moussa.rhali', displayName: 'Moussa Rhali', role: 'analyst', clearance: 2, desks: ['analysis'] },
      {
        login: 'fatou.coulibaly',
        displayName: 'Fatou Coulibaly',
        role: 'case-officer',
        clearance: 2,
        desks: ['judicial'],
      },
      {
        login: 'ibrahim.sangare',
        displayName: 'Ibrahim Sangaré',
        role: 'director',
        clearance: 4,
        desks: ['direction', 'liaison'],
      },
      { login: 'clemence.dicko', displayName: 'Clémence Dicko', role: 'oversight', clearance: 4, desks: [] },
      { login: 'oumar.traore', displayName: 'Oumar Traoré', role: 'administrator', clearance: 0, desks: [] },
    ],
  },
];

export function serviceOf(code: ServiceCode): StoryService {
  const found = services.find((service) => service.code === code);
  if (!found) throw new Error(`the story has no service ${code}`);
  return found;
}

export function officerOf(code: ServiceCode, role: StoryOfficer['role']): StoryOfficer {
  const found = serviceOf(code).officers.find((officer) => officer.role === role);
  if (!found) throw new Error(`${code} has no ${role}`);
  return found;
}
