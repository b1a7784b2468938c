import { fromBase64url, fromUtf8 } from '#src/protocol/encoding.ts';
import type { RecordId, UnixMs } from '#src/protocol/primitives.ts';

/** The last item of a page: the next one begins after it, whatever came in meanwhile. */
export interface Place {
  readonly share: number;
  /** 0: what cannot wait, before 1. */
  readonly calm: number;
  readonly at: UnixMs;
  readonly record: RecordId;
}

export function cursorOf({ share, calm, at, record }: Place): string {
  return Buffer.from(`${share}.${calm}.${at}.${record}`, 'ascii').toString('base64url');
}

const cursorPattern = /^([0-9]{1,8})\.([01])\.([0-9]{1,14})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export function placeOf(cursor: string): Place | null {
  const bytes = fromBase64url(cursor);
  const text = bytes === null ? null : fromUtf8(bytes);
  const [, share, calm, at, record] = cursorPattern.exec(text ?? '') ?? [];
  if (record === undefined) return null;
  return { share: Number(share), calm: Number(calm), at: Number(at), record };
}
