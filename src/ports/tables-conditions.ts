/** The tables of what is owed to information: permissions, uses, corrections and what they flag. */
import type { ColumnType } from 'kysely';
import type { PermissionStanding, PermissionUse } from '#src/protocol/admission/permission.ts';
import type { CorrectionChange } from '#src/protocol/correction/words.ts';

export interface CorrectionTable {
  record_id: string;
  hash: string;
  origin: string;
  change: CorrectionChange;
  respond_by: ColumnType<string, string, string>;
  about_record: string;
  about_hash: string;
  about_revision: number;
  superseded_hash: string;
  issued_at: Date;
}
export interface CorrectionAskTable {
  correction: string;
  holder: string;
  asked_at: Date;
  reminded_at: Date | null;
}
export interface CitationFlagTable {
  citing_record: string;
  cited_record: string;
  cited_origin: string;
  cited_hash: string;
  cited_revision: number;
  change: CorrectionChange;
  since: Date;
}
export interface CitationReviewTable {
  citing_record: string;
  cited_record: string;
  cited_hash: string;
  decision: 'stands';
  reason: string;
  officer: string;
  reviewed_at: Date;
}
export interface PermissionTable {
  record_id: string;
  hash: string;
  revision: number;
  origin: string;
  use: PermissionUse;
  decision: PermissionStanding['decision'];
  grantee: string;
  onward_to: string | null;
  about_record: string;
  about_hash: string;
  digests: string[];
  portions: number[] | null;
  purpose: string | null;
  valid_until: ColumnType<string | null, string | null, string | null>;
  request: string | null;
  decided_at: Date;
}
export interface UseEntryTable {
  id: string;
  record_id: string;
  hash: string;
  use: Exclude<PermissionUse, 'onward'>;
  reference: string;
  stage: string | null;
  purpose: string | null;
  permission: string | null;
  officer: string;
  at: Date;
}
