/** What the measuring process asks of a node, one order at a time, and what it answers. */
export type Order = { readonly id: number } & (
  | { readonly do: 'introduce' }
  | { readonly do: 'meet'; readonly card: string }
  /** Signs, keeps and releases so many reports to the partner; nothing is sent yet unless the node was started. */
  | { readonly do: 'queue'; readonly records: number }
  | { readonly do: 'start' }
  /** Nothing is sent any more, until the next start. */
  | { readonly do: 'pause' }
  /** How far it is with the releases made since then. */
  | { readonly do: 'progress'; readonly since: number }
  | { readonly do: 'stop' }
);
export interface Reply {
  readonly card?: string;
  /** Of one record's copy. */
  readonly recordBytes?: number;
  readonly progress?: Progress;
}

export interface Progress {
  /** Releases without a receipt. */
  readonly waiting: number;
  /** Milliseconds from release to verified receipt; empty while any waits. */
  readonly receipts: readonly number[];
  /** All that this node sent so far, in bytes. */
  readonly sentBytes: number;
}
