import type { UnixMs } from '#src/protocol/primitives.ts';

/** The peer could not be reached, or did not answer as a node does. Nothing may be concluded about what it stored. */
export class TransportUnavailable extends Error {
  override readonly name = 'TransportUnavailable';
  /** What the operator reads of it. */
  readonly code: 'unreachable' | 'address-internal';
  constructor(message = '', options: ErrorOptions & { readonly code?: 'address-internal' } = {}) {
    super(message, options);
    this.code = options.code ?? 'unreachable';
  }
}

export interface Transport {
  /**
   * Carries one sealed envelope to a peer's exchange address and returns its sealed answer (a receipt), or the refusal
   * code that it gave; `time`: what the peer's clock says (EXC-6), absent where it did not say. At most once per call; the caller resends. Throws `TransportUnavailable`.
   */
  deliver(
    url: string,
    envelope: Uint8Array,
    signal: AbortSignal,
  ): Promise<{ answer: Uint8Array; time?: UnixMs } | { refusedWith: string }>;
}
