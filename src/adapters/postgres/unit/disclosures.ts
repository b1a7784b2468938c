import type { Json } from '#src/protocol/primitives.ts';

const pathOrder = ['title', 'desk', 'cites', 'links', 'compartments', 'releasableTo', 'body', 'portions'];

/** Title first, then the rest as a record lists it; portions by their number. The same copy always reads the same. */
export function inOriginalOrder<D extends { readonly path: string; readonly digest: string }>(
  disclosures: readonly D[],
): D[] {
  const key = ({ path, digest }: D) => {
    const [head = '', tail = ''] = path.split('/');
    const rank = String(pathOrder.indexOf(head) + 1).padStart(2, '0');
    return `${rank}/${/^\d+$/.test(tail) ? tail.padStart(9, '0') : tail}/${digest}`;
  };
  return disclosures
    .map((disclosure) => ({ disclosure, key: key(disclosure) }))
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ disclosure }) => disclosure);
}

/** The value in an encoded disclosure, `[salt, name, value]` or `[salt, value]` (RFC 9901 section 4.2). */
export function disclosureValue(encoded: string): Json {
  // It comes from a `VerifiedRecord`: it was decoded and checked before
  const parts = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')) as Json[];
  return parts.at(-1) as Json;
}
