import { canonicalJson } from '../canonical-json.ts';
import { concatBytes, utf8 } from '../encoding.ts';
import type { Json, Primitives } from '../primitives.ts';

const leafPrefix = Uint8Array.of(0x00);

/** JRN-1: the Merkle leaf hash (RFC 6962 section 2.1) of a journal entry's canonical JSON, 32 bytes. */
export function journalLeafHash(entryJson: Json, primitives: Primitives): Uint8Array {
  return primitives.sha256(concatBytes(leafPrefix, utf8(canonicalJson(entryJson))));
}
