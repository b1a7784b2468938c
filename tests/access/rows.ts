/** One row of a table, from what is said of the record that it is about. */
import { at, days, type RecordRow, type Row, services } from './names.ts';
import type { RecordOf } from './records.ts';

export function revisionRow(of: RecordOf, hash: string, record_id: string, revision = 1): RecordRow {
  return {
    hash,
    record_id,
    revision,
    previous: null,
    kind: of.kind,
    status: of.status,
    origin: of.origin,
    language: 'ar',
    created_at: at(1),
    purpose: of.purpose,
    legal_basis: 'law',
    review_by: days.after,
    grading_source: null,
    grading_information: null,
    handling: [],
    tlp: null,
    pap: null,
    level: of.level,
    compartments: of.compartments,
    releasable_to: of.releasableTo,
    jwt: 'jwt',
    received_from: of.receivedFrom,
    stored_at: at(1),
  };
}

/** The record's own label and one that is higher in each of the three ways. */
export function disclosureRows(hash: string, of: RecordOf): (Row & { readonly digest: string })[] {
  const row = (path: string, label: Partial<Pick<RecordOf, 'level' | 'compartments' | 'releasableTo'>> = {}) => ({
    hash,
    digest: `${hash} ${path}`,
    path,
    encoded: 'encoded',
    value: 'value',
    level: label.level ?? of.level,
    compartments: label.compartments ?? of.compartments,
    releasable_to: label.releasableTo ?? of.releasableTo,
  });
  return [
    row('title'),
    row('releasableTo'),
    row('portions/0', { level: Math.min(4, of.level + 1) }),
    row('portions/1', { compartments: [...new Set([...of.compartments, 'B'])].sort() }),
    row('portions/2', { releasableTo: [services.sahara] }),
    row('portions/3', { releasableTo: [services.meridian, services.vouched] }),
  ];
}

export const headRow = (record_id: string, of: RecordOf, hash: string, state: string): Row => ({
  record_id,
  origin: of.origin,
  kind: of.kind,
  hash,
  revision: 1,
  state,
  updated_at: at(1),
});
export const releaseRow = (
  id: string,
  record_id: string,
  hash: string,
  of: { to: string; state: string; purpose: string },
  by: string | null = null,
): Row => ({
  id,
  record_id,
  hash,
  recipient: of.to,
  purpose: of.purpose,
  withheld: [],
  released_by: by,
  released_at: at(1),
  state: of.state,
});
export const holderRow = (record_id: string, hash: string, holder: string): Row => ({
  record_id,
  hash,
  holder,
  via: null,
  state: 'confirmed',
  digests: [],
  since: at(1),
  confirmed_at: at(1),
});
export const linkRow = (record_id: string, hash: string, type: string, target: string, origin: string): Row => ({
  hash,
  record_id,
  type,
  target_record: target,
  target_revision: 1,
  target_hash: `target ${target}`,
  target_origin: origin,
});
export const correctionRow = (record_id: string, hash: string, origin: string, about: string): Row => ({
  record_id,
  hash,
  origin,
  change: 'corrected',
  respond_by: days.after,
  about_record: about,
  about_hash: `about ${about}`,
  about_revision: 2,
  superseded_hash: `before ${about}`,
  issued_at: at(1),
});
