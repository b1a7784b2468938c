import { canonicalJson } from '../canonical-json.ts';
import { ascii, base64url } from '../encoding.ts';
import { jwsCompact, jwsSigningInput } from '../jws.ts';
import { joinMarkings } from '../marking/inherit.ts';
import type { Marking } from '../marking/marking.ts';
import type { Json, KeyId, Primitives } from '../primitives.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { assembleRecord, believe, type RecordContent } from './assemble.ts';
import { digestsPerBlock, readClaims } from './claims.ts';
import { digestOf, encodeDisclosure, saltBytes } from './disclosure.ts';
import { type RecordDraft, recordLimits, type VerifiedRecord } from './record.ts';
import { problemOfReferences } from './references.ts';
import { unfitIn } from './shape.ts';
import { recordType } from './verify.ts';

const signatureBytes = 64;
const signatureCharacters = 86;
const topDisclosures = 6;

/** Random bytes that `prepareRecord` takes for this draft: one salt for each disclosure and each decoy. */
export function entropyNeeded(draft: RecordDraft): number {
  const lists = [topDisclosures, Object.keys(draft.body).length, draft.portions.length];
  return saltBytes * lists.reduce((sum, length) => sum + filledLength(length), 0);
}

function filledLength(digests: number): number {
  return Math.max(1, Math.ceil(digests / digestsPerBlock)) * digestsPerBlock;
}

export interface PreparedRecord {
  /** What the origin's key must sign. */
  readonly signingInput: Uint8Array;
  readonly keyId: KeyId;
  readonly content: RecordContent;
}

/**
 * A draft in the form in which it is signed, or the refusal that any verifier would give it. A portion inherits the
 * record's own marking (MRK-1). `entropy`: at least `entropyNeeded(draft)` fresh random bytes, never used again.
 */
export function prepareRecord(
  draft: RecordDraft,
  keyId: KeyId,
  entropy: Uint8Array,
  primitives: Primitives,
): PreparedRecord | Refusal {
  return problemOfReferences(draft, primitives) ?? arrangeRecord(draft, keyId, entropy, primitives);
}

/** Its form alone: what it says of other records (REC-1) is as its author has it. */
export function arrangeRecord(
  draft: RecordDraft,
  keyId: KeyId,
  entropy: Uint8Array,
  primitives: Primitives,
): PreparedRecord | Refusal {
  const limit = recordLimits.portionsMax;
  if (draft.portions.length > limit) return refuse('record-too-many-parts', { at: '/portions', limit });
  if (entropy.length < entropyNeeded(draft)) throw new RangeError('too little entropy');

  const marking = joinMarkings([draft.marking]);
  const portionMarkings = draft.portions.map((portion) => joinMarkings([marking, portion.marking]));
  const salt = saltsFrom(entropy);
  const top = conceal(topValues(draft, marking, portionMarkings), salt, primitives);
  const body = conceal(Object.entries(draft.body), salt, primitives);
  const portions = conceal(portionValues(draft, portionMarkings), salt, primitives);
  if (isRefusal(top)) return top;
  if (isRefusal(body)) return body;
  if (isRefusal(portions)) return portions;

  const payload: Json = {
    ...clearClaims(draft, marking),
    _sd: top.digests.toSorted(),
    body: { _sd: body.digests.toSorted() },
    portions: portions.digests.map((digest) => ({ '...': digest })),
  };
  const encoded = [...top.encoded, ...body.encoded, ...portions.encoded];
  const claims = readClaims(payload, primitives);
  if (isRefusal(claims)) return claims;
  const content = assembleRecord(claims, encoded, primitives);
  if (isRefusal(content)) return content;

  const signingInput = jwsSigningInput(recordType, keyId, canonicalJson(payload));
  const bytes = encoded.reduce((sum, { length }) => sum + length + 1, signingInput.length + signatureCharacters + 2);
  if (bytes > recordLimits.bytesMax) return refuse('record-too-large', { limit: recordLimits.bytesMax });
  return { signingInput, keyId, content };
}

/** Joins draft and signature. Throws RangeError when the signature is no Ed25519 signature: our own keyring made it. */
export function issueRecord(prepared: PreparedRecord, signature: Uint8Array, primitives: Primitives): VerifiedRecord {
  if (signature.length !== signatureBytes) throw new RangeError('not an Ed25519 signature');
  const jwt = jwsCompact(prepared.signingInput, signature);
  return believe(prepared.content, { hash: base64url(primitives.sha256(ascii(jwt))), keyId: prepared.keyId, jwt });
}

type Named = readonly [name: string | null, value: Json];

function topValues(draft: RecordDraft, marking: Marking, portionMarkings: readonly Marking[]): readonly Named[] {
  const lists = { envelope: marking.releasableTo, portions: portionMarkings.map(({ releasableTo }) => releasableTo) };
  return [
    ['cites', draft.cites.map(({ origin, record, revision, hash }) => ({ origin, record, revision, hash }))],
    ['compartments', marking.compartments],
    ['desk', draft.desk],
    [
      'links',
      draft.links.map(({ type, origin, record, revision, hash }) => ({ type, origin, record, revision, hash })),
    ],
    ['releasableTo', lists],
    ['title', draft.title],
  ];
}

function portionValues(draft: RecordDraft, markings: readonly Marking[]): readonly Named[] {
  return draft.portions.map(({ text, nature }, index) => {
    const marking = markings[index] as Marking;
    return [null, { text, nature, marking: { ...clearMarking(marking), compartments: marking.compartments } }];
  });
}

function clearClaims(draft: RecordDraft, marking: Marking): { [claim: string]: Json } {
  const { grading } = draft;
  return {
    v: 1,
    iss: draft.origin,
    id: draft.id,
    kind: draft.kind,
    revision: draft.revision,
    previous: draft.previous,
    status: draft.status,
    language: draft.language,
    iat: draft.createdAt,
    ...(grading && { grading: { source: grading.source, information: grading.information } }),
    marking: clearMarking(marking),
    purpose: draft.purpose,
    legalBasis: draft.legalBasis,
    reviewBy: draft.reviewBy,
    _sd_alg: 'sha-256',
  };
}

function clearMarking({ level, handling, tlp, pap }: Marking): { readonly [part: string]: Json } {
  return {
    level,
    handling: handling.map(({ code, originator, note }) => ({ code, originator, ...(note !== undefined && { note }) })),
    ...(tlp !== undefined && { tlp }),
    ...(pap !== undefined && { pap }),
  };
}

interface Concealed {
  readonly encoded: readonly string[];
  /** Those of the disclosures in their order, then decoys. */
  readonly digests: readonly string[];
}

/** Salts and hashes each value, unless one of them cannot stand in a record. */
function conceal(values: readonly Named[], salt: () => Uint8Array, primitives: Primitives): Concealed | Refusal {
  for (const [index, [name, value]] of values.entries()) {
    const unfit = unfitIn(value, `/${name ?? `portions/${index}`}`);
    if (unfit !== null) return unfit;
  }
  const encoded = values.map(([name, value]) => encodeDisclosure(salt(), { name, value }));
  const digests = encoded.map((disclosure) => digestOf(disclosure, primitives));
  // RFC 9901 section 4.2.5: a decoy is the digest of randomness, and nobody can tell it from a digest of content.
  while (digests.length < filledLength(values.length)) digests.push(base64url(primitives.sha256(salt())));
  return { encoded, digests };
}

function saltsFrom(entropy: Uint8Array): () => Uint8Array {
  let at = 0;
  return () => {
    at += saltBytes;
    return entropy.subarray(at - saltBytes, at);
  };
}
