/** What the measuring process asks of a node, one order at a time, and what it answers. */
export type Order = { readonly id: number } & (
  | { readonly do: 'introduce' }
  | { readonly do: 'meet'; readonly card: string }
  /** Signs, keeps and releases so many reports to the partner; nothing is sent yet unless the node was started. */
  | { readonly do: 'queue'; readonly records: number }
  | { readonly do: 'start' }
  /** Milliseconds from release to verified receipt, of the releases made since then. */
  | { readonly do: 'progress'; readonly since: number }
  | { readonly do: 'stop' }
);
export interface Reply {
  readonly card?: string;
  /** Bytes of one record's copy, and of the envelopes that carried them, are measured where they are made. */
  readonly recordBytes?: number;
  readonly receipts?: readonly number[];
}
