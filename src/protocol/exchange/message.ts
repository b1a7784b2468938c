import type { RecordHash, UnixMs } from '../primitives.ts';
import type { RefusalCode } from '../refusal.ts';

/** What one service says to another: records, and a closed set of control messages beside them. */
export type Message =
  | { readonly type: 'record'; readonly sdJwt: string }
  /** ADM-1: a message that was not taken, and why. `record` is null where it could not be read. */
  | {
      readonly type: 'refusal';
      readonly sequence: number;
      readonly index: number;
      readonly record: RecordHash | null;
      readonly code: RefusalCode;
    }
  /** An officer of the recipient opened the record for the first time. Says that, not who. */
  | { readonly type: 'read-notice'; readonly record: RecordHash; readonly readAt: UnixMs };

export const messageTypes = ['record', 'refusal', 'read-notice'] as const satisfies readonly Message['type'][];
