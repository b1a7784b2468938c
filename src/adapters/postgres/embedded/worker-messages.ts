export interface WorkerOptions {
  readonly dataDir: string;
}
/** Bytes are PostgreSQL's wire protocol, both ways. */
export type ToWorker = { readonly type: 'bytes'; readonly bytes: Uint8Array } | { readonly type: 'close' };
export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  | { readonly type: 'fatal'; readonly reason: string }
  | { readonly type: 'closed' };
