import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonDepth, namesPrototype } from './json-depth.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

describe('[ADM-2] depth of JSON', () => {
  test('is measured on the bytes as the parser would find it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        expect(jsonDepth(bytes(JSON.stringify(value)), 100)).toBe(depthOf(value));
      }),
    );
  });
  test.each([
    ['brackets inside a text', '"[[[[{{{{"', 0],
    ['an escaped quote', '["\\"[[["]', 1],
    ['an escaped backslash before the end of a text', '["\\\\",[]]', 2],
    ['what is no JSON at all', '[[[', 3],
  ])('is not misled by %s', (_name, text, depth) => {
    expect(jsonDepth(bytes(text), 100)).toBe(depth);
  });
  test('stops counting past the limit', () => {
    expect(jsonDepth(bytes('['.repeat(1_000_000)), 16)).toBe(17);
  });
});

test('[ADM-2] a key that reaches the prototype is found at any depth', () => {
  expect(namesPrototype(JSON.parse('{"a":[{"b":{"__proto__":null}}]}'))).toBe(true);
  expect(namesPrototype(JSON.parse('{"a":["__proto__",{"proto":1}]}'))).toBe(false);
  expect(namesPrototype(null)).toBe(false);
});
