/** The tables of what passes between nodes: links, queues, batches, files, keys, recovery. */
import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Message } from '#src/protocol/exchange/message.ts';
import type { LinkState } from '#src/protocol/exchange/state.ts';

/** jsonb: read parsed, written as JSON text. */
export type Jsonb<T> = ColumnType<T, string, string>;

export interface LinkTable {
  peer: string;
  state: Jsonb<LinkState>;
  next_attempt_at: Date | null;
  last_contact_at: Date | null;
  last_failure_at: Date | null;
  last_failure: string | null;
  clock_ahead_ms: Generated<number | null>;
}
export interface OutboxTable {
  /** bigint, as text */
  id: Generated<string>;
  peer: string;
  message: JSONColumnType<Message & object, string, string> | null;
  release_id: string | null;
  queued_at: Date;
  epoch: number | null;
  sequence: number | null;
}
export interface BatchOutTable {
  peer: string;
  epoch: number;
  sequence: number;
  hash: string;
  signed_header: string;
  payload: Uint8Array | null;
  formed_at: Date;
  receipted_at: Date | null;
}
export interface BatchInTable {
  peer: string;
  epoch: number;
  sequence: number;
  hash: string;
  received_at: Date;
  signed_header: string | null;
}
export interface BundleExportTable {
  id: Generated<string>;
  peer: string;
  at: Date;
  officer: string | null;
  epoch: number;
  first_sequence: number;
  last_sequence: number;
  messages: number;
  confirmed_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
}
export interface LinkEvidenceTable {
  id: Generated<string>;
  peer: string;
  at: Date;
  code: string;
  about: 'batch' | 'receipt';
  epoch: number;
  sequence: number;
  known: string | null;
  signed: string;
}
export interface RecoveryTable {
  id: Generated<string>;
  began_at: Date;
  ended_at: Date | null;
}
export interface RecoveryPartnerTable {
  recovery: string;
  peer: string;
  asked_at: Date;
  done_at: Date | null;
  returned: ColumnType<number, number | undefined, number>;
  after: ColumnType<string | null, string | null | undefined, string | null>;
  missing: ColumnType<number | null, number | null | undefined, number | null>;
}
export interface KeyStatementTable {
  service: string;
  version: number;
  hash: string;
  jws: string;
  in_force: boolean;
  kept_at: Date;
}
export interface HeldMessageTable {
  peer: string;
  epoch: number;
  sequence: number;
  message_index: number;
  within: number;
  sd_jwt: string;
  code: string;
  waits_for: string | null;
  held_at: Date;
}
export interface InboundRefusalTable {
  id: Generated<string>;
  peer: string | null;
  code: string;
  at: Date;
}
export interface LetterCarriedTable {
  hash: string;
  at: Date;
}
