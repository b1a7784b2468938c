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

/** A day of the Gregorian calendar, years 1900 to 2199 (ADM-2): what `isCalendarDate` takes, as a pattern. */
const day = (() => {
  const leap = '(?:0[48]|[2468][048]|[13579][26])';
  const month = '(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)';
  const centuries = '(?:19|20|21)';
  const years = `${centuries}[0-9]{2}`;
  return `(?:${years}-(?:${month}|02-(?:0[1-9]|1[0-9]|2[0-8]))|(?:${centuries}${leap}|2000)-02-29)`;
})();
export const Day = T.String({ pattern: `^${day}$` });
/** RFC 3339 in UTC, to the second: text that sorts like the time it says. */
export const SecondInUtc = T.String({ pattern: `^${day}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$` });
/** 32 bytes in base64url: a service, a key, a hash, an Ed25519 key. */
export const Bytes32 = T.String({ pattern: '^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$' });
export const RecordId = T.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
});
export const reasonCharactersMax = 2_000;
export const Reason = T.String({ minLength: 1, maxLength: reasonCharactersMax });
/** Of a reason that is owed: something other than space. */
export const notBlank = { pattern: '\\S' } as const;

type Given = { readonly [field: string]: readonly string[] };

/** JSON Schema 2020-12: where each of these fields has one of these values. */
function where(given: Given) {
  const properties = Object.fromEntries(Object.entries(given).map(([field, values]) => [field, { enum: values }]));
  return { properties, required: Object.keys(given) };
}

/** Where the first schema fits, the second must. */
export function whenever(condition: object, demand: object, otherwise?: object) {
  // The word is JSON Schema's; as a literal key the linter takes it for that of a promise.
  const then = 'then';
  return { if: condition, [then]: demand, ...(otherwise && { else: otherwise }) };
}

/** The field stands there where the others have these values, and nowhere else. */
export function justWith(field: string, given: Given) {
  return whenever(where(given), { required: [field] }, { properties: { [field]: false } });
}

/** The field may stand there where the others have these values, and nowhere else. */
export function atMostWith(field: string, given: Given) {
  return whenever(where(given), {}, { properties: { [field]: false } });
}

/** Where the others have these values, the field says something. */
export function owedWith(field: string, given: Given) {
  return whenever(where(given), { required: [field], properties: { [field]: notBlank } });
}

/** Portions by their place in the original. */
export const PortionIndexes = T.Array(T.Integer({ minimum: 0, maximum: recordLimits.portionsMax - 1 }), {
  minItems: 1,
  maxItems: recordLimits.portionsMax,
  uniqueItems: true,
});
/** TXT-1: text of one line. What may stand in any text, and that something in it is read, the core sees to. */
export const line = { pattern: '^[^\\t\\n]*$' } as const;
export const Compartment = T.String({ minLength: 1, maxLength: 40, ...line });
