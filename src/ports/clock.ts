import type { UnixMs } from '#src/protocol/primitives.ts';

export interface Clock {
  now(): UnixMs;
}
