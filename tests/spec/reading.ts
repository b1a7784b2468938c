/** What the readings of both sides need. */

import type { Json } from '#src/protocol/primitives.ts';
import { isAscending } from '#src/protocol/record/shape.ts';
import { isRefusal } from '#src/protocol/refusal.ts';

export interface Reading {
  readonly valid: readonly unknown[];
  /** Whether the code takes it. */
  readonly reads: (value: unknown) => boolean;
  /** Of what fits the schema: whether it also keeps what the schema's `$comment` says. */
  readonly beyond?: (value: never) => boolean;
}

export const isObject = (value: unknown): value is { [member: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const taken = (value: unknown) => !isRefusal(value) && typeof value !== 'string' && value !== null;
export const ascends = (list: unknown) => isAscending(list as string[]);
