import { fromBase64url, fromUtf8 } from '#src/protocol/encoding.ts';
import type { RecordId, UnixMs } from '#src/protocol/primitives.ts';

/** The last item of a page: the next one begins after it, whatever came in meanwhile. */
export interface Place {
  readonly at: UnixMs;
  readonly record: RecordId;
}

export function cursorOf({ at, record }: Place): string {
  return Buffer.from(`${at}.${record}`, 'ascii').toString('base64url');
}

export function placeOf(cursor: string): Place | null {
  const bytes = fromBase64url(cursor);
  const text = bytes === null ? null : fromUtf8(bytes);
  const [, at, record] = /^([0-9]{1,14})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text ?? '') ?? [];
  return at === undefined || record === undefined ? null : { at: Number(at), record };
}
