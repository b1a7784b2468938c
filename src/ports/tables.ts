/** The tables of db/migrations, as kysely reads and writes them. Times are `Date`, bytes are `Uint8Array`, jsonb is parsed. */
import type { ColumnType, Generated } from 'kysely';
import type { Carrier } from '#src/protocol/exchange/state.ts';
import type { Handling } from '#src/protocol/marking/marking.ts';
import type { Json, Language, Trilingual } from '#src/protocol/primitives.ts';
import type { RecordStatus } from '#src/protocol/record/record.ts';
import type {
  CitationFlagTable,
  CitationReviewTable,
  CorrectionAskTable,
  CorrectionTable,
  PermissionTable,
  UseEntryTable,
} from './tables-conditions.ts';
import type {
  BatchInTable,
  BatchOutTable,
  BundleExportTable,
  HeldMessageTable,
  InboundRefusalTable,
  Jsonb,
  KeyStatementTable,
  LetterCarriedTable,
  LinkEvidenceTable,
  LinkTable,
  OutboxTable,
  RecoveryPartnerTable,
  RecoveryTable,
} from './tables-exchange.ts';

export type OfficerRole = 'liaison' | 'analyst' | 'case-officer' | 'director' | 'oversight' | 'administrator';
export type ReleaseState = 'queued' | 'sent' | 'delivered' | 'refused';

export interface ServiceTable {
  id: string;
  is_self: boolean;
  code: string;
  names: Jsonb<Trilingual>;
  url: string | null;
  inception_key: Uint8Array;
  /** key id → raw public key, base64url */
  signing_keys: Jsonb<{ [keyId: string]: string }>;
  sealing_key_id: string;
  sealing_key: Uint8Array;
  card: string;
  added_at: Date;
  confirmed_at: Date | null;
  confirmed_by: string | null;
  revoked_at: Date | null;
  carrier: ColumnType<Carrier, Carrier | undefined, Carrier>;
  /** KEY-2: through whom alone it is known. */
  vouched_by: ColumnType<string | null, string | null | undefined, string | null>;
  keys_version: ColumnType<number, number | undefined, number>;
  /** key id → raw public key, base64url */
  revoked_keys: ColumnType<{ [keyId: string]: string }, string | undefined, string>;
  keys_told: ColumnType<number, number | undefined, number>;
  keys_told_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
}
export interface OfficerTable {
  id: string;
  login: string;
  display_name: string;
  role: OfficerRole;
  clearance: number;
  compartments: string[];
  language: Language;
  passphrase_hash: string;
  disabled_at: Date | null;
  created_at: Date;
}
export interface OfficerDeskTable {
  officer: string;
  desk: string;
}
export interface SessionTable {
  token_hash: Uint8Array;
  officer: string;
  created_at: Date;
  expires_at: Date;
  last_seen_at: Date;
}
export interface RecordRevisionTable {
  hash: string;
  record_id: string;
  revision: number;
  previous: string | null;
  kind: string;
  status: RecordStatus;
  origin: string;
  language: Language;
  created_at: Date;
  purpose: string;
  legal_basis: string;
  review_by: ColumnType<string, string, string>;
  grading_source: string | null;
  grading_information: string | null;
  handling: Jsonb<Handling[]>;
  tlp: string | null;
  pap: string | null;
  level: number;
  compartments: string[];
  releasable_to: string[] | null;
  jwt: string;
  received_from: string | null;
  stored_at: Date;
}
export interface RecordHeadTable {
  record_id: string;
  origin: string;
  kind: string;
  hash: string;
  revision: number;
  state: 'active' | 'quarantined' | 'equivocal';
  updated_at: Date;
}
export interface DisclosureTable {
  hash: string;
  digest: string;
  path: string;
  encoded: string;
  value: Jsonb<Json>;
  level: number;
  compartments: string[];
  releasable_to: string[] | null;
}
export interface RecordLinkTable {
  hash: string;
  record_id: string;
  type: string;
  target_record: string;
  target_revision: number;
  target_hash: string;
  target_origin: string;
}
export interface RecordDeskTable {
  record_id: string;
  desk: string;
  added_by: string | null;
  added_at: Date;
}
export interface RecordCiteTable {
  hash: string;
  record_id: string;
  cited_record: string;
  cited_revision: number;
  cited_hash: string;
  cited_origin: string;
}
export interface SkippedRevisionTable {
  hash: string;
  record_id: string;
  revision: number;
  previous: string | null;
  status: RecordStatus;
  origin: string;
  jwt: string;
  received_from: string | null;
  stored_at: Date;
}

export interface AgreementTable {
  record_id: string;
  hash: string;
  revision: number;
  partner: string;
  ceiling: number;
  compartments: string[];
  purposes: string[];
  valid_from: ColumnType<string, string, string>;
  valid_until: ColumnType<string, string, string>;
  oversight_included: boolean;
  our_assent_at: Date | null;
  their_assent_at: Date | null;
  ended_at: Date | null;
  ended_by: string | null;
}
export interface ReleaseTable {
  id: string;
  record_id: string;
  hash: string;
  recipient: string;
  purpose: string;
  withheld: ColumnType<string[], string[] | undefined, string[]>;
  released_by: string | null;
  released_at: Date;
  state: ReleaseState;
  epoch: number | null;
  sequence: number | null;
  message_index: number | null;
  digests: string[] | null;
  sent_at: Date | null;
  delivered_at: Date | null;
  read_at: Date | null;
  refused_at: Date | null;
  refused_code: string | null;
  refused_by: string | null;
}
export interface HolderTable {
  record_id: string;
  hash: string;
  holder: string;
  via: string | null;
  state: 'granted' | 'reported' | 'confirmed';
  digests: string[];
  since: Date;
  confirmed_at: Date | null;
}
export interface ReadMarkTable {
  record_id: string;
  officer: string;
  hash: string;
  read_at: Date;
}
export interface DraftTable {
  id: string;
  officer: string;
  content: Jsonb<Json>;
  version: number;
  updated_at: Date;
}
export interface IdempotencyTable {
  officer: string;
  key: string;
  request_hash: Uint8Array;
  status: number;
  reply: Jsonb<Json>;
  at: Date;
}
export interface JournalTable {
  seq: Generated<string>;
  at: Date;
  actor_kind: string;
  actor: string | null;
  act: string;
  record_id: string | null;
  record_hash: string | null;
  service: string | null;
  reason: string | null;
  leaf_hash: Uint8Array;
}

export interface Tables {
  service: ServiceTable;
  officer: OfficerTable;
  officer_desk: OfficerDeskTable;
  session: SessionTable;
  record_revision: RecordRevisionTable;
  record_head: RecordHeadTable;
  disclosure: DisclosureTable;
  record_link: RecordLinkTable;
  record_desk: RecordDeskTable;
  record_cite: RecordCiteTable;
  skipped_revision: SkippedRevisionTable;
  correction: CorrectionTable;
  correction_ask: CorrectionAskTable;
  citation_flag: CitationFlagTable;
  citation_review: CitationReviewTable;
  agreement: AgreementTable;
  release: ReleaseTable;
  holder: HolderTable;
  link: LinkTable;
  outbox: OutboxTable;
  batch_out: BatchOutTable;
  batch_in: BatchInTable;
  bundle_export: BundleExportTable;
  link_evidence: LinkEvidenceTable;
  recovery: RecoveryTable;
  recovery_partner: RecoveryPartnerTable;
  key_statement: KeyStatementTable;
  held_message: HeldMessageTable;
  inbound_refusal: InboundRefusalTable;
  read_mark: ReadMarkTable;
  draft: DraftTable;
  idempotency: IdempotencyTable;
  journal: JournalTable;
  permission: PermissionTable;
  use_entry: UseEntryTable;
  letter_carried: LetterCarriedTable;
}
