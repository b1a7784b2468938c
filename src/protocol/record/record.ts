import type { Marking, SecurityLabel } from '../marking/marking.ts';
import type {
  CalendarDate,
  Json,
  KeyId,
  Language,
  RecordHash,
  RecordId,
  ServiceId,
  UnixSeconds,
} from '../primitives.ts';

export const recordStatuses = ['active', 'withdrawn', 'erased'] as const;
export type RecordStatus = (typeof recordStatuses)[number];

/** ACC-05, LED 7(1): every portion says which of the two it is. */
export const portionNatures = ['fact', 'assessment'] as const;
export type PortionNature = (typeof portionNatures)[number];

/** Admiralty 6×6: how reliable the source, how credible the information, rated independently. */
export const sourceReliabilities = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export const informationCredibilities = ['1', '2', '3', '4', '5', '6'] as const;
export interface Grading {
  readonly source: (typeof sourceReliabilities)[number];
  readonly information: (typeof informationCredibilities)[number];
}

/** LED 4 and 9: why it may be processed. `administration`: agreements, keys, permissions; never personal data. */
export const purposes = [
  'terrorism-prevention',
  'terrorism-investigation',
  'organised-crime',
  'border-security',
  'administration',
] as const;
export type Purpose = (typeof purposes)[number];

export const linkTypes = ['replies-to', 'part-of', 'derived-from', 'about', 'supersedes'] as const;
export type LinkType = (typeof linkTypes)[number];

/** One exact revision of a record, by the hash that every copy of it shares. */
export interface RecordReference {
  readonly origin: ServiceId;
  readonly record: RecordId;
  readonly revision: number;
  readonly hash: RecordHash;
}
export interface RecordLink extends RecordReference {
  readonly type: LinkType;
}

export interface Portion {
  readonly text: string;
  readonly nature: PortionNature;
  /** Never below the record's own marking (MRK-1). */
  readonly marking: Marking;
}
/** A portion as disclosed in a copy: `index` is its place in the original, so that a reduced copy cites alike. */
export interface DisclosedPortion extends Portion {
  readonly index: number;
}

/** The clear fields: a closed list, seen by every holder and by the bare JWT of a skipped revision. */
export interface RecordHeader {
  readonly id: RecordId;
  readonly kind: string;
  /** 1, 2, 3 … */
  readonly revision: number;
  /** Hash of the revision before; null for revision 1. */
  readonly previous: RecordHash | null;
  readonly status: RecordStatus;
  readonly origin: ServiceId;
  readonly language: Language;
  readonly createdAt: UnixSeconds;
  readonly grading?: Grading;
  readonly purpose: Purpose;
  /** The law or article that allows the processing, at most 200 characters. */
  readonly legalBasis: string;
  readonly reviewBy: CalendarDate;
}

/** A whole record as its author writes it, before it is signed. */
export interface RecordDraft extends RecordHeader {
  /** The record's own marking: the floor for each of its portions and the label of title, desk, body, links. */
  readonly marking: Marking;
  readonly title: string;
  readonly desk: string;
  readonly portions: readonly Portion[];
  readonly body: { readonly [field: string]: Json };
  readonly cites: readonly RecordReference[];
  readonly links: readonly RecordLink[];
}

/** Where a disclosure sits: `title`, `desk`, `cites`, `links`, `compartments`, `releasableTo`, `body/<field>`, `portions/<n>`. */
export type DisclosurePath = string;

export interface LabelledDisclosure {
  /** base64url, as it stands in the SD-JWT between tildes. */
  readonly encoded: string;
  readonly digest: string;
  readonly path: DisclosurePath;
  readonly label: SecurityLabel;
}

declare const verified: unique symbol;

/**
 * A record whose origin's signature and every disclosure were checked. Only `verifyRecord` and `issueRecord` make one.
 * Fields that this copy does not disclose are absent.
 */
export interface VerifiedRecord extends RecordHeader {
  readonly [verified]: true;
  readonly hash: RecordHash;
  readonly keyId: KeyId;
  /** `releasableTo` is the empty list in a copy that does not disclose it. */
  readonly marking: Marking;
  readonly title?: string;
  readonly desk?: string;
  readonly portions: readonly DisclosedPortion[];
  readonly body: { readonly [field: string]: Json };
  readonly cites: readonly RecordReference[];
  readonly links: readonly RecordLink[];
  /** The issuer-signed JWT alone. */
  readonly jwt: string;
  readonly disclosures: readonly LabelledDisclosure[];
}

/** ADM-2. Characters are UTF-16 code units, as `String.length` counts. */
export const recordLimits = {
  bytesMax: 4 * 1024 * 1024,
  titleCharactersMax: 300,
  portionCharactersMax: 20_000,
  portionsMax: 500,
  disclosuresMax: 1_024,
  depthMax: 12,
  legalBasisCharactersMax: 200,
  compartmentsMax: 16,
  handlingMax: 32,
  citesMax: 200,
  linksMax: 200,
} as const;
