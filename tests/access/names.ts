/** Names, days and shapes that the rows of the world share. */
export type Row = { readonly [column: string]: unknown };
export type World = { readonly [table: string]: readonly Row[] };
export type Add = (table: string, ...rows: Row[]) => void;

export const today = '2026-06-15';
export const days = { before: '2026-06-14', today, after: '2026-06-16' };

export interface RecordRow extends Row {
  readonly hash: string;
  readonly record_id: string;
  readonly origin: string;
  readonly kind: string;
  readonly status: string;
  readonly purpose: string;
  readonly level: number;
  readonly compartments: readonly string[];
  readonly releasable_to: readonly string[] | null;
}

export const services = {
  self: 'self',
  /** In force, ceiling 2, compartment A, one purpose. */
  meridian: 'meridian',
  /** Another whose records we hold, and who may be named where Meridian is not. */
  sahara: 'sahara',
  /** Confirmed, nothing agreed. */
  unagreed: 'unagreed',
  /** Known through Meridian only. */
  vouched: 'vouched',
  unconfirmed: 'unconfirmed',
  revoked: 'revoked',
  vouchedRevoked: 'vouched-revoked',
  vouchedConfirmed: 'vouched-confirmed',
} as const;

export const uuid = (group: number, n: number) =>
  `00000000-0000-4000-8${String(group).padStart(3, '0')}-${n.toString(16).padStart(12, '0')}`;

export const at = (second: number) => new Date(second * 1_000).toISOString();

export const someOfficer = uuid(7, 1);
export const disabledOfficer = uuid(7, 8);
