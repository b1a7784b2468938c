import { ascii, concatBytes } from '../encoding.ts';
import type { RefusalCode } from '../refusal.ts';
import { exchangeLimits } from './state.ts';

/** First bytes of every `.tansiq` file. */
const magic = ascii('TANSIQB1\n');
const lengthBytes = 4;

/** ADM-2: what one export puts into a file at most; the next one goes on where it ended. */
export const bundleBytesMax = 32 * 1024 * 1024;

/** ADM-2: more than any export holds, which is 1,024 batches, the statements of its keys, a query and a receipt. */
export const bundleEnvelopesMax = 2_000;

/** EXC-3: a `.tansiq` file, `TANSIQB1` LF, then each envelope after its length as a big-endian uint32. */
export function encodeBundle(envelopes: readonly Uint8Array[]): Uint8Array {
  const parts = envelopes.flatMap((envelope) => {
    const length = new Uint8Array(lengthBytes);
    new DataView(length.buffer).setUint32(0, envelope.length);
    return [length, envelope];
  });
  return concatBytes(magic, ...parts);
}

export interface Bundle {
  /** In the order of the file; nothing of them is believed yet. */
  readonly envelopes: readonly Uint8Array[];
  /** What ended the reading before the end of the file, if anything did. */
  readonly problem: RefusalCode | null;
}

/** Reads a file from a stranger. What stands before a broken place is whole, and may be taken. */
export function decodeBundle(bytes: Uint8Array): Bundle {
  const envelopes: Uint8Array[] = [];
  const end = (problem: RefusalCode | null): Bundle => ({ envelopes, problem });
  if (!magic.every((byte, at) => bytes[at] === byte)) return end('bundle-malformed');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = magic.length; at < bytes.length; ) {
    if (at + lengthBytes > bytes.length) return end('bundle-truncated');
    if (envelopes.length === bundleEnvelopesMax) return end('bundle-malformed');
    const length = view.getUint32(at);
    if (length === 0 || length > exchangeLimits.envelopeBytesMax) return end('bundle-malformed');
    at += lengthBytes;
    if (at + length > bytes.length) return end('bundle-truncated');
    envelopes.push(bytes.slice(at, at + length));
    at += length;
  }
  return end(null);
}
