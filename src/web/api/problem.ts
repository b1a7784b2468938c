import { NodeUnreachable, RefusedByNode, refusalCode } from '#src/features/client.ts';
import type { RefusalCode } from '#src/protocol/refusal.ts';

/** What the screen says of a call that failed. `unreachable`: no node answered; `unexpected`: a fault of our own. */
export interface Problem {
  readonly code: RefusalCode | 'unreachable' | 'unexpected';
  /** Where the node named one. */
  readonly rule: string | null;
  /** Where in the input, a JSON pointer or a field's name. */
  readonly at: string | null;
  readonly limit: number | null;
}

export const isRefusalCode = (code: string): code is RefusalCode => refusalCode(code) !== null;

export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof RefusedByNode) {
    const { code, rule, at, limit } = thrown.refusal;
    return { code, rule, at: at ?? null, limit: limit ?? null };
  }
  const code = thrown instanceof NodeUnreachable ? 'unreachable' : 'unexpected';
  return { code, rule: null, at: null, limit: null };
}

/** The session is over or never was. */
export const isSignedOut = (thrown: unknown): boolean => thrown instanceof RefusedByNode && thrown.status === 401;
