import { nodePrimitives } from '#src/adapters/node-primitives.ts';
import { base64url, utf8 } from '#src/protocol/encoding.ts';
import { jwsCompact, jwsSigningInput } from '#src/protocol/jws.ts';
import type { Json } from '#src/protocol/primitives.ts';
import { digestOf } from '#src/protocol/record/disclosure.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { joinSdJwt } from '#src/protocol/record/serialise.ts';
import { recordType } from '#src/protocol/record/verify.ts';
import { type Party, signAs } from './parties.ts';

/** What stands in a record, taken apart so that a test can break one thing and sign it again: a lying origin. */
export interface Parts {
  // biome-ignore lint/suspicious/noExplicitAny: a forger writes what no type allows
  payload: any;
  disclosures: string[];
}

export function partsOf(record: VerifiedRecord): Parts {
  const payload = JSON.parse(Buffer.from(record.jwt.split('.')[1] ?? '', 'base64url').toString());
  return { payload, disclosures: record.disclosures.map(({ encoded }) => encoded) };
}

/** Signs whatever payload text it is given; by default the payload's canonical JSON (all our keys are ASCII). */
export function forge(by: Party, { payload, disclosures }: Parts, payloadText = sorted(payload)): string {
  const input = jwsSigningInput(recordType, by.keyId, payloadText);
  return joinSdJwt(jwsCompact(input, signAs(by, input)), disclosures);
}

/** A disclosure of exactly this JSON text. */
export const encode = (jsonText: string) => base64url(utf8(jsonText));
export const salt = 'c2FsdHNhbHRzYWx0c2FsdA';

/** Replaces the disclosure at `path` and its digest, so that only what it says is wrong. */
export function replaceDisclosure(record: VerifiedRecord, path: string, jsonText: string): Parts {
  const parts = partsOf(record);
  const old = record.disclosures.find((disclosure) => disclosure.path === path);
  if (old === undefined) throw new Error(`no disclosure at ${path}`);
  const encoded = encode(jsonText);
  const digest = digestOf(encoded, nodePrimitives);
  const swap = (list: string[]) => list.map((each) => (each === old.digest ? digest : each)).sort();
  parts.disclosures = parts.disclosures.map((each) => (each === old.encoded ? encoded : each));
  parts.payload._sd = swap(parts.payload._sd);
  parts.payload.body._sd = swap(parts.payload.body._sd);
  parts.payload.portions = parts.payload.portions.map((each: { '...': string }) =>
    each['...'] === old.digest ? { '...': digest } : each,
  );
  return parts;
}

export function sorted(value: Json | undefined): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map((each) => sorted(each as Json)).join(',')}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${sorted(inner as Json)}`).join(',')}}`;
}
