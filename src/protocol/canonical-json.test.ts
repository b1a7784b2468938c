import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, parseCanonicalJson } from './canonical-json.ts';
import { utf8 } from './encoding.ts';
import type { Json } from './primitives.ts';

const limits = { depthMax: 8, bytesMax: 10_000 };
const parse = (text: string) => parseCanonicalJson(utf8(text), limits);

describe('canonical JSON', () => {
  it('writes the example of RFC 8785, section 3.2', () => {
    const value = JSON.parse(`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
      "literals": [null, true, false]
    }`);
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        `"string":"€$\\u000f\\nA'B\\"\\\\\\\\\\"/"}`,
    );
  });

  it('sorts keys by UTF-16 code units, as RFC 8785, section 3.2.3', () => {
    const value = { '€': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7 };
    expect(Object.values(JSON.parse(canonicalJson(value)))).toEqual([4, 2, 6, 7, 1, 5, 3]);
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  it('throws for what has no canonical form', () => {
    for (const value of [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      '\ud800',
      { '\udfff': 1 },
      [undefined as unknown as Json],
    ]) {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    }
  });

  it('[REC-2] refuses every second spelling of a value', () => {
    expect(parse('{"a":1,"b":[true,null,"é"]}')).toEqual({ a: 1, b: [true, null, 'é'] });
    const others = ['{"b":1,"a":2}', '{"a":1,"a":1}', '{ "a":1}', '[1.0]', '[1e0]', '[-0]', '["\\u00e9"]', '["\\/"]'];
    const broken = ['', '[1', '[1]x', '{"a"}', '[1e400]', '["\\ud800"]', '\uFEFF[]', '"text"', '[\u00a01]'];
    for (const text of [...others, ...broken]) expect(parse(text), text).toBe('malformed');
    expect(parseCanonicalJson(Uint8Array.of(0x5b, 0x22, 0xff, 0x22, 0x5d), limits)).toBe('malformed');
  });

  it('[REC-2] keeps a key called __proto__ a plain key', () => {
    const value = parse('{"__proto__":{"admin":true}}') as { admin?: boolean };
    expect(value.admin).toBeUndefined();
    expect(canonicalJson(value as Json)).toBe('{"__proto__":{"admin":true}}');
  });

  it('[ADM-2] measures size and depth on the bytes, before parsing', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(parse(nested(8))).toEqual(JSON.parse(nested(8)));
    expect(parse(nested(9))).toBe('too-deep');
    expect(parse(`${'{"a":'.repeat(9)}1${'}'.repeat(9)}`)).toBe('too-deep');
    // A million brackets would break a parser that recurses.
    expect(parseCanonicalJson(utf8('['.repeat(1_000_000)), { ...limits, bytesMax: 2_000_000 })).toBe('too-deep');
    expect(parse(`["${'a'.repeat(10_000)}"]`)).toBe('too-large');
    // Brackets within a text are no depth, whatever is escaped there.
    expect(parse(`["${'[{'.repeat(20)}\\"${'['.repeat(20)}\\\\"]`)).toHaveLength(1);
  });

  it('[REC-2] reads back every value that it wrote', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4, noUnicodeString: false } as fc.JsonSharedConstraints), (value) => {
        const text = canonicalJson([value as Json]);
        expect(canonicalJson(parse(text) as Json)).toBe(text);
      }),
    );
  });

  it('[REC-2] reads just what it would have written, whatever the order of keys and the escapes', () => {
    const key = fc.constantFrom('9', '10', 'b', 'a', '', 'é', '__proto__', '\ud800');
    const leaf = fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.double(), fc.boolean(), fc.constant(null));
    const value = fc.dictionary(key, fc.oneof(leaf, fc.array(leaf, { maxLength: 4 }), fc.dictionary(key, leaf)));
    const written = (one: Json) => {
      try {
        return canonicalJson(one);
      } catch {
        return null;
      }
    };
    fc.assert(
      fc.property(value, (inner) => {
        const text = JSON.stringify([inner]);
        expect(parse(text) !== 'malformed').toBe(written(JSON.parse(text) as Json) === text);
      }),
      { numRuns: 1_000 },
    );
  });
});
