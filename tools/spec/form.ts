import type { TSchema } from 'typebox';

/** One closed form of the protocol. */
export interface Form {
  /** Its file under `spec/schema`, without the ending. */
  readonly name: string;
  readonly says: string;
  readonly schema: TSchema;
  /** What no schema says, and every reader checks beside it. */
  readonly beyond?: readonly string[];
}
