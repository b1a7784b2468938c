import { fromBase64url, fromUtf8 } from '#src/protocol/encoding.ts';
import type { RequestPlace } from '../../open-requests.ts';

export function cursorOf({ share, due, record }: RequestPlace): string {
  return Buffer.from(`${share} ${due} ${record}`, 'ascii').toString('base64url');
}

const pattern = /^([0-9]{1,8}) ([0-9TZ:.-]{1,40}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export function placeOf(cursor: string): RequestPlace | null {
  const bytes = fromBase64url(cursor);
  const text = bytes === null ? null : fromUtf8(bytes);
  const [, share, due, record] = pattern.exec(text ?? '') ?? [];
  return due === undefined || record === undefined ? null : { share: Number(share), due, record };
}
