import type { VerifiedRecord } from './record.ts';

/** A copy of the record, whole or with the disclosures of these digests alone (a tear-line). Always in one order. */
export function serialiseRecord(
  record: Pick<VerifiedRecord, 'jwt' | 'disclosures'>,
  digests?: ReadonlySet<string>,
): string {
  const kept = digests ? record.disclosures.filter(({ digest }) => digests.has(digest)) : record.disclosures;
  return joinSdJwt(
    record.jwt,
    kept.map(({ encoded }) => encoded),
  );
}

/** RFC 9901 section 4: the JWT and each disclosure, each followed by a tilde. */
export function joinSdJwt(jwt: string, encodedDisclosures: readonly string[]): string {
  return `${[jwt, ...encodedDisclosures].join('~')}~`;
}
