/** A record as rows of its tables: the revision, each disclosure with its own label, what it links and what it draws on. */

import type { ReleasableTo } from '#src/protocol/marking/marking.ts';
import type { ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { disclosureValue } from './disclosures.ts';

export interface KeptRecord {
  readonly record: VerifiedRecord;
  readonly from: ServiceId | null;
  readonly at: UnixMs;
}

export const revisionColumns = {
  hash: 'text',
  record_id: 'uuid',
  revision: 'integer',
  previous: 'text',
  kind: 'text',
  status: 'text',
  origin: 'text',
  language: 'text',
  created_at: 'timestamptz',
  purpose: 'text',
  legal_basis: 'text',
  review_by: 'date',
  grading_source: 'text',
  grading_information: 'text',
  handling: 'jsonb',
  tlp: 'text',
  pap: 'text',
  level: 'smallint',
  compartments: 'text[]',
  releasable_to: 'text[]',
  jwt: 'text',
  received_from: 'text',
  stored_at: 'timestamptz',
} as const;

export function revisionRow({ record, from, at }: KeptRecord) {
  return {
    hash: record.hash,
    record_id: record.id,
    revision: record.revision,
    previous: record.previous,
    kind: record.kind,
    status: record.status,
    origin: record.origin,
    language: record.language,
    created_at: new Date(record.createdAt * 1000),
    purpose: record.purpose,
    legal_basis: record.legalBasis,
    review_by: record.reviewBy,
    grading_source: record.grading?.source ?? null,
    grading_information: record.grading?.information ?? null,
    handling: JSON.stringify(record.marking.handling),
    tlp: record.marking.tlp ?? null,
    pap: record.marking.pap ?? null,
    level: record.marking.level,
    compartments: [...record.marking.compartments],
    releasable_to: releasableColumn(record.marking.releasableTo),
    jwt: record.jwt,
    received_from: from,
    stored_at: new Date(at),
  };
}

export const disclosureColumns = {
  hash: 'text',
  digest: 'text',
  path: 'text',
  encoded: 'text',
  value: 'jsonb',
  level: 'smallint',
  compartments: 'text[]',
  releasable_to: 'text[]',
} as const;

export function disclosureRows({ record }: KeptRecord) {
  return record.disclosures.map(({ encoded, digest, path, label }) => ({
    hash: record.hash,
    digest,
    path,
    encoded,
    value: JSON.stringify(disclosureValue(encoded)),
    level: label.level,
    compartments: [...label.compartments],
    releasable_to: releasableColumn(label.releasableTo),
  }));
}

export const citeColumns = {
  hash: 'text',
  record_id: 'uuid',
  cited_record: 'uuid',
  cited_revision: 'integer',
  cited_hash: 'text',
  cited_origin: 'text',
} as const;

/** What a revision draws on: what it cites, and what it links as derived from. */
export function citeRows({ record: { hash, id, cites, links } }: KeptRecord) {
  const drawnOn = [...cites, ...links.filter(({ type }) => type === 'derived-from')];
  return drawnOn.map((cited) => ({
    hash,
    record_id: id,
    cited_record: cited.record,
    cited_revision: cited.revision,
    cited_hash: cited.hash,
    cited_origin: cited.origin,
  }));
}

export const linkColumns = {
  hash: 'text',
  record_id: 'uuid',
  type: 'text',
  target_record: 'uuid',
  target_revision: 'integer',
  target_hash: 'text',
  target_origin: 'text',
} as const;

export function linkRows({ record: { hash, id, links } }: KeptRecord) {
  return links.map((link) => ({
    hash,
    record_id: id,
    type: link.type,
    target_record: link.record,
    target_revision: link.revision,
    target_hash: link.hash,
    target_origin: link.origin,
  }));
}

export function releasableColumn(releasableTo: ReleasableTo): string[] | null {
  return releasableTo === 'any' ? null : [...releasableTo];
}
