import { calendarDateOf, dateLimits, isCalendarDate, yearsAfter } from '../calendar.ts';
import { handlingKey } from '../marking/inherit.ts';
import { type Handling, handlingCodes, levels, type Marking, papLabels, tlpLabels } from '../marking/marking.ts';
import { type Json, languages, type Primitives } from '../primitives.ts';
import { type Refusal, refuse } from '../refusal.ts';
import {
  type Grading,
  informationCredibilities,
  purposes,
  type RecordHeader,
  recordLimits,
  recordStatuses,
  sourceReliabilities,
} from './record.ts';
import { isRecordIdOf } from './record-id.ts';
import {
  isArray,
  isAscending,
  isClosed,
  isDigest,
  isInteger,
  isOneOf,
  isText,
  type JsonObject,
  unfitText,
} from './shape.ts';

/** Digest lists are filled with decoys up to a multiple of this, so that their length says little. */
export const digestsPerBlock = 8;

export type ClearMarking = Omit<Marking, 'compartments' | 'releasableTo'>;

/** The issuer-signed payload: clear fields, and the digests of what may be disclosed. */
export interface RecordClaims {
  readonly header: RecordHeader;
  readonly marking: ClearMarking;
  readonly digests: readonly string[];
  readonly bodyDigests: readonly string[];
  readonly portionDigests: readonly string[];
}

const required = [
  ...['_sd', '_sd_alg', 'body', 'iat', 'id', 'iss', 'kind', 'language', 'legalBasis', 'marking', 'portions'],
  ...['previous', 'purpose', 'reviewBy', 'revision', 'status', 'v'],
] as const;

const recordIdPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const kindPattern = /^[a-z][a-z0-9-]{0,39}$/;
/** PostgreSQL's integer. */
const revisionMax = 2_147_483_647;
/** ACC-13: at most so long between reviews. */
const reviewYearsMax = 3;

export function isRecordId(value: unknown): value is string {
  return typeof value === 'string' && recordIdPattern.test(value);
}
export function isRevision(value: unknown): value is number {
  return isInteger(value, 1, revisionMax);
}

/** REC-2: the closed list of clear claims, each in its one form. */
export function readClaims(payload: Json, primitives: Primitives): RecordClaims | Refusal {
  if (!isClosed(payload, required, ['grading']) || payload.v !== 1) return malformed('');
  const header = readHeader(payload);
  if ('refused' in header) return header;
  if (!isRecordIdOf(header.origin, header.id, primitives)) return refuse('record-id-foreign', { at: '/id' });
  const marking = readClearMarking(payload.marking);
  if (marking === null) return malformed('/marking');
  return readDigests(payload, header, marking);
}

function readHeader(payload: JsonObject): RecordHeader | Refusal {
  const { id, kind, revision, previous, status, iss, language, iat, purpose, legalBasis, reviewBy } = payload;
  if (!isRecordId(id)) return malformed('/id');
  if (typeof kind !== 'string' || !kindPattern.test(kind)) return malformed('/kind');
  if (!isRevision(revision)) return malformed('/revision');
  if (revision === 1 ? previous !== null : !isDigest(previous)) return malformed('/previous');
  if (!isOneOf(status, recordStatuses)) return malformed('/status');
  if (!isDigest(iss)) return malformed('/iss');
  if (!isOneOf(language, languages)) return malformed('/language');
  if (!isInteger(iat, 0, dateLimits.lastSecond)) return malformed('/iat');
  if (!isOneOf(purpose, purposes)) return malformed('/purpose');
  if (!isText(legalBasis, recordLimits.legalBasisCharactersMax)) return malformed('/legalBasis');
  const unfit = unfitText(legalBasis, '/legalBasis', 'line');
  if (unfit !== null) return unfit;
  if (!isReviewDate(reviewBy, iat))
    return refuse('record-review-date-invalid', { at: '/reviewBy', limit: reviewYearsMax });
  const grading = readGrading(payload.grading);
  if (grading === null) return malformed('/grading');
  const header = {
    id,
    kind,
    revision,
    previous: previous as string | null,
    status,
    origin: iss,
    language,
    createdAt: iat,
  };
  return { ...header, ...(grading && { grading }), purpose, legalBasis, reviewBy };
}

function isReviewDate(value: Json | undefined, createdAt: number): value is string {
  if (!isCalendarDate(value)) return false;
  const createdOn = calendarDateOf(createdAt);
  return value >= createdOn && value <= yearsAfter(createdOn, reviewYearsMax);
}

function readGrading(value: Json | undefined): Grading | undefined | null {
  if (value === undefined) return undefined;
  if (!isClosed(value, ['information', 'source'])) return null;
  const { source, information } = value;
  if (!isOneOf(source, sourceReliabilities) || !isOneOf(information, informationCredibilities)) return null;
  return { source, information };
}

/** `alsoRequired`: what a portion's marking has beside the clear part. */
export function readClearMarking(value: Json | undefined, alsoRequired: readonly string[] = []): ClearMarking | null {
  if (!isClosed(value, ['handling', 'level', ...alsoRequired], ['pap', 'tlp'])) return null;
  const { level, tlp, pap } = value;
  const handling = readHandling(value.handling);
  if (!isOneOf(level, levels) || handling === null) return null;
  if ((tlp !== undefined && !isOneOf(tlp, tlpLabels)) || (pap !== undefined && !isOneOf(pap, papLabels))) return null;
  return { level, handling, ...(tlp !== undefined && { tlp }), ...(pap !== undefined && { pap }) };
}

function readHandling(value: Json | undefined): readonly Handling[] | null {
  if (!isArray(value) || value.length > recordLimits.handlingMax) return null;
  const all: Handling[] = [];
  for (const condition of value) {
    if (!isClosed(condition, ['code', 'originator'], ['note'])) return null;
    const { code, originator, note } = condition;
    if (!isOneOf(code, handlingCodes) || !isDigest(originator)) return null;
    if (note !== undefined && (code !== 'H3' || !isText(note, 500) || unfitText(note, '') !== null)) return null;
    all.push({ code, originator, ...(note !== undefined && { note }) });
  }
  return isAscending(all.map(handlingKey)) ? all : null;
}

function readDigests(payload: JsonObject, header: RecordHeader, marking: ClearMarking): RecordClaims | Refusal {
  const { _sd: digests, _sd_alg: algorithm, body, portions } = payload;
  if (algorithm !== 'sha-256') return malformed('/_sd_alg');
  if (!isClosed(body, ['_sd'])) return malformed('/body');
  const bodyDigests = body._sd;
  if (!isArray(digests) || !isArray(bodyDigests) || !isArray(portions)) return malformed('');
  const limit = recordLimits.disclosuresMax;
  if (digests.length + bodyDigests.length + portions.length > limit) return refuse('record-too-many-parts', { limit });

  if (!isSortedDigestList(digests)) return malformed('/_sd');
  if (!isSortedDigestList(bodyDigests)) return malformed('/body/_sd');
  const portionDigests = portions.map((portion) => (isClosed(portion, ['...']) ? portion['...'] : null));
  if (!isWholeBlocks(portionDigests) || !portionDigests.every(isDigest)) return malformed('/portions');
  return { header, marking, digests, bodyDigests, portionDigests };
}

function isSortedDigestList(list: readonly Json[]): list is readonly string[] {
  return isWholeBlocks(list) && list.every(isDigest) && isAscending(list as readonly string[]);
}
function isWholeBlocks(list: readonly unknown[]): boolean {
  return list.length > 0 && list.length % digestsPerBlock === 0;
}

function malformed(at: string): Refusal {
  return refuse('record-malformed', { at });
}
