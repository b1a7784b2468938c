// What each disclosure may hold: read into its type, or refused. `at` names the place, never a value.
import type { Marking, ReleasableTo } from '../marking/marking.ts';
import type { Json } from '../primitives.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { type ClearMarking, isRecordId, isRevision, readClearMarking } from './claims.ts';
import {
  linkTypes,
  type Portion,
  portionNatures,
  type RecordLink,
  type RecordReference,
  recordLimits,
} from './record.ts';
import { isArray, isAscending, isClosed, isDigest, isOneOf, isText, type JsonObject, unfitText } from './shape.ts';

/** Names of the disclosures at the top of a record; a closed list. */
export const topNames = ['cites', 'compartments', 'desk', 'links', 'releasableTo', 'title'] as const;
export type TopName = (typeof topNames)[number];
/** REL-1: without these nobody could tell what a copy is, what it demands, or what it is about. */
export const inEveryCopy: readonly TopName[] = ['compartments', 'title', 'links'];

const bodyFieldPattern = /^[a-z][A-Za-z0-9]{0,39}$/;
const deskPattern = /^[a-z][a-z0-9-]{1,30}$/;
const compartmentCharactersMax = 40;
const releasableToMax = 64;

/** Excludes `_sd`, `...` and `__proto__` by form. */
export function isBodyField(name: string): boolean {
  return bodyFieldPattern.test(name);
}

export function readTitle(value: Json): string | Refusal {
  if (!isText(value, Number.POSITIVE_INFINITY)) return malformed('/title');
  const limit = recordLimits.titleCharactersMax;
  if (value.length > limit) return refuse('record-title-too-long', { at: '/title', limit });
  return unfitText(value, '/title', 'line') ?? value;
}

export function readDesk(value: Json): string | Refusal {
  return typeof value === 'string' && deskPattern.test(value) ? value : malformed('/desk');
}

export function readCompartments(value: Json | undefined, at = '/compartments'): readonly string[] | Refusal {
  if (!isArray(value)) return malformed(at);
  const limit = recordLimits.compartmentsMax;
  if (value.length > limit) return refuse('record-too-many-parts', { at, limit });
  const all = value.filter((name): name is string => isText(name, compartmentCharactersMax));
  for (const [index, name] of all.entries()) {
    const unfit = unfitText(name, `${at}/${index}`, 'line');
    if (unfit !== null) return unfit;
  }
  return all.length === value.length && isAscending(all) ? all : malformed(at);
}

/** All releasable-to lists of a record in one disclosure, which never leaves the origin. */
export interface ReleasableLists {
  readonly envelope: ReleasableTo;
  readonly portions: readonly ReleasableTo[];
}

export function readReleasableLists(value: Json): ReleasableLists | Refusal {
  if (!isClosed(value, ['envelope', 'portions']) || !isArray(value.portions)) return malformed('/releasableTo');
  const envelope = readReleasableTo(value.envelope);
  const portions = value.portions.map(readReleasableTo);
  const read = portions.filter((list) => list !== null);
  if (envelope === null || read.length !== portions.length) return malformed('/releasableTo');
  return { envelope, portions: read };
}

function readReleasableTo(value: Json | undefined): ReleasableTo | null {
  if (value === 'any') return value;
  if (!isArray(value) || value.length > releasableToMax || !value.every(isDigest)) return null;
  const services = value as readonly string[];
  return isAscending(services) ? services : null;
}

export function readCites(value: Json): readonly RecordReference[] | Refusal {
  if (!isArray(value)) return malformed('/cites');
  const limit = recordLimits.citesMax;
  if (value.length > limit) return refuse('record-too-many-parts', { at: '/cites', limit });
  const cites: RecordReference[] = [];
  for (const cite of value) {
    if (!isClosed(cite, referenceKeys) || !isReference(cite)) return malformed('/cites');
    cites.push(cite);
  }
  return areDistinct(cites.map(({ hash }) => hash)) ? cites : malformed('/cites');
}

export function readLinks(value: Json): readonly RecordLink[] | Refusal {
  if (!isArray(value)) return malformed('/links');
  const limit = recordLimits.linksMax;
  if (value.length > limit) return refuse('record-too-many-parts', { at: '/links', limit });
  const links: RecordLink[] = [];
  for (const link of value) {
    if (!isClosed(link, [...referenceKeys, 'type']) || !isReference(link) || !isOneOf(link.type, linkTypes)) {
      return malformed('/links');
    }
    const { type, origin, record, revision, hash } = link;
    links.push({ type, origin, record, revision, hash });
  }
  return areDistinct(links.map(({ type, hash }) => `${type} ${hash}`)) ? links : malformed('/links');
}

const referenceKeys = ['hash', 'origin', 'record', 'revision'] as const;

function isReference(value: JsonObject): value is JsonObject & RecordReference {
  return isDigest(value.hash) && isDigest(value.origin) && isRecordId(value.record) && isRevision(value.revision);
}

function areDistinct(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

/** A portion without its place and without releasable-to, which other disclosures hold. */
export type ReadPortion = Omit<Portion, 'marking'> & { readonly marking: ClearMarking & Pick<Marking, 'compartments'> };

export function readPortion(value: Json, at: string): ReadPortion | Refusal {
  if (!isClosed(value, ['marking', 'text'], ['nature'])) return malformed(at);
  const { text, nature } = value;
  if (!isOneOf(nature, portionNatures)) return refuse('record-portion-nature-missing', { at: `${at}/nature` });
  const limit = recordLimits.portionCharactersMax;
  if (!isText(text, Number.POSITIVE_INFINITY)) return malformed(`${at}/text`);
  if (text.length > limit) return refuse('record-too-large', { at: `${at}/text`, limit });
  const clear = readClearMarking(value.marking, ['compartments']);
  if (clear === null) return malformed(`${at}/marking`);
  const compartments = readCompartments((value.marking as JsonObject).compartments, `${at}/marking/compartments`);
  if ('refused' in compartments) return compartments;
  return { text, nature, marking: { ...clear, compartments } };
}

function malformed(at: string): Refusal {
  return refuse('record-malformed', { at });
}
