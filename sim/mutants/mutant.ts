import type { Invariant } from '../checkers/invariants.ts';
import type { Core } from '../core.ts';

/** A mistake that an implementation could make, and the checkers of which one must catch it. */
export interface Mutant {
  readonly name: string;
  /** What it does wrong, and against which rule. */
  readonly breaks: string;
  readonly caughtBy: readonly Invariant[];
  /** Of a world in which it shows, where that must be a long one. */
  readonly steps?: number;
  change(core: Core): Core;
}
