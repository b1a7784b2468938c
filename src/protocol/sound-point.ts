/**
 * Whether 32 raw bytes are a point that an honest Ed25519 signer uses as public key or as R. RFC 8032 leaves verifiers
 * free to take points of low order: under such a key one signature fits many messages, so its owner could later deny
 * what it signed. A y-coordinate at or above 2^255-19 is a second spelling of another point. Libraries differ on both;
 * here neither is taken, so that all verifiers agree ("Taming the many EdDSAs", SSR 2020).
 */
export function isSoundPoint(bytes: Uint8Array): boolean {
  return bytes.length === 32 && !isNotReduced(bytes) && !lowOrder.some((y) => hasCoordinate(bytes, y));
}

/** The y-coordinates of the points of order 1, 2, 4 and 8 (RFC 8032, section 5.1), little-endian. */
const lowOrder = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
].map((hex) => Uint8Array.fromHex(hex));

/** Compares without the sign bit of x, which is the highest of the last byte. */
function hasCoordinate(point: Uint8Array, y: Uint8Array): boolean {
  return y.every((byte, i) => byte === (i === 31 ? (point[31] as number) & 0x7f : point[i]));
}

function isNotReduced(point: Uint8Array): boolean {
  if (((point[31] as number) & 0x7f) !== 0x7f || (point[0] as number) < 0xed) return false;
  return point.subarray(1, 31).every((byte) => byte === 0xff);
}
