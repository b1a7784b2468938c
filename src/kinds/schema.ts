/** Pieces that several body schemas are made of. */
import { Type as T, type TLiteral, type TUnion } from 'typebox';
import { recordLimits } from '#src/protocol/record/record.ts';

export const closed = { additionalProperties: false } as const;

type Literals<V extends readonly string[]> = { -readonly [K in keyof V]: TLiteral<V[K]> };

/** A closed list of words. */
export function oneOf<const V extends readonly string[]>(values: V): TUnion<Literals<V>> {
  // The mapped literals stand in the order of the values, which is what the type says.
  return T.Union(values.map((value) => T.Literal(value))) as unknown as TUnion<Literals<V>>;
}

/** The form of a date; that the day exists, the kind's rule checks. */
export const Day = T.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });
/** 32 bytes in base64url: a service, a key, a hash, an Ed25519 key. */
export const Bytes32 = T.String({ pattern: '^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$' });
export const RecordId = T.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
});
export const Reason = T.String({ minLength: 1, maxLength: 2_000 });
/** Portions by their place in the original. */
export const PortionIndexes = T.Array(T.Integer({ minimum: 0, maximum: recordLimits.portionsMax - 1 }), {
  minItems: 1,
  maxItems: recordLimits.portionsMax,
  uniqueItems: true,
});
export const Compartment = T.String({ minLength: 1, maxLength: 40 });
