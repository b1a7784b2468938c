/** What `spec/` takes from the code is current, and its schemas accept and refuse what the code does. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../../tools/spec/generated.ts';
import { forms, schemaOf } from '../../tools/spec/schemas.ts';
import { type Reading, readings } from './readings.ts';

const spec = new URL('../../spec/', import.meta.url);

describe('what the specification takes from the code', () => {
  const files = [...generatedFiles()];
  it.each(files)('%s is current (node tools/spec/main.ts)', (path, text) => {
    const file = new URL(path, spec);
    expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(text);
  });

  it('there is nothing else beside it', () => {
    for (const folder of ['schema', 'vectors/kinds']) {
      const made = files.flatMap(([path]) => (path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : []));
      expect(readdirSync(new URL(folder, spec)).toSorted()).toEqual(made.toSorted());
    }
  });
});

const ajv = new Ajv2020({ strict: false });
const schemas = new Map(forms.map((form) => [form.name, ajv.compile(schemaOf(form))]));

describe('the schemas', () => {
  it('are all tried against the code', () => {
    expect(Object.keys(readings).toSorted()).toEqual([...schemas.keys()].toSorted());
  });

  it.each(Object.entries(readings))(
    '[REC-2] %s: the schema and the code agree on whatever is changed',
    (name, reading) => {
      const fits = schemas.get(name);
      if (!fits) throw new Error('no such schema');
      for (const value of reading.valid) {
        expect(fits(value), JSON.stringify(fits.errors)).toBe(true);
        expect(reading.reads(value)).toBe(true);
      }
      const verdicts = { taken: 0, refused: 0 };
      fc.assert(
        fc.property(changedFrom(reading), (value) => {
          const byCode = reading.reads(value);
          const bySchema = fits(value) && (reading.beyond?.(value as never) ?? true);
          verdicts[byCode ? 'taken' : 'refused']++;
          expect({ taken: bySchema }, JSON.stringify(value)).toEqual({ taken: byCode });
        }),
        { numRuns: 600, seed: 20 },
      );
      expect(verdicts.refused, JSON.stringify(verdicts)).toBeGreaterThan(50);
    },
  );
});

/** Values at and beyond the limits of the forms, and of every type. */
const pool: readonly unknown[] = [
  ...[null, true, false, 0, 1, 2, 4, 5, -1, 1.5, 199, 200, 2_147_483_647, 2_147_483_648, 6 * 1024 * 1024 + 1],
  ...[7_258_118_399, 7_258_118_400, 7_258_118_399_999, 7_258_118_400_000],
  ...['', ' ', 'x', 'any', 'H0', 'H3', 'red', 'A', '1', 'active', 'ar', 'fact', 'about', 'erased', 'granted', 'onward'],
  ...['refused', 'relied-on', 'partial', 'other-purpose', 'border-security', 'receipt', 'batch', 'urgent', 'none-yet'],
  ...['A'.repeat(43), `${'A'.repeat(42)}B`, 'A'.repeat(42), 'x'.repeat(40), 'x'.repeat(41), 'x'.repeat(200)],
  ...['x'.repeat(201), 'x'.repeat(300), 'x'.repeat(301), 'x'.repeat(500), 'x'.repeat(501), 'x'.repeat(2_001)],
  ...[
    '2026-02-28',
    '2026-02-29',
    '2028-02-29',
    '1899-12-31',
    '1900-01-01',
    '1900-02-29',
    '2100-02-29',
    '2199-12-31',
    '2200-01-01',
    '2026-04-31',
    '2026-1-1',
  ],
  ...[
    '2025-10-01T18:00:00Z',
    '2025-10-01T24:00:00Z',
    '2199-12-31T23:59:59Z',
    '2200-01-01T00:00:00Z',
    'https://x.example',
    'ftp://x',
    '647a-0001-0002',
  ],
  ...[[], {}, [null], ['x'], ['A'.repeat(43)], ['A'.repeat(43), 'A'.repeat(43)], { extra: 1 }],
];

/** A valid value with one to three changes anywhere in it: a member gone, one more, another value, an element twice. */
function changedFrom({ valid }: Reading): fc.Arbitrary<unknown> {
  const change = fc.record({ where: fc.nat(), how: fc.nat(5), value: fc.constantFrom(...pool) });
  return fc
    .tuple(fc.constantFrom(...valid), fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([value, changes]) => changes.reduce<unknown>(changed, structuredClone(value)));
}

function changed(whole: unknown, { where, how, value }: { where: number; how: number; value: unknown }): unknown {
  const places = placesIn(whole);
  const place = places[where % (places.length + 1)];
  if (place === undefined) return typeof whole === 'object' ? whole : value;
  const { holder, key } = place;
  if (Array.isArray(holder)) {
    if (how === 0) holder.splice(Number(key), 1);
    else if (how === 1) holder.push(structuredClone(holder[Number(key)]));
    else holder[Number(key)] = value;
  } else if (how === 0) delete holder[key];
  else if (how === 1) holder['extra'] = value;
  else holder[key] = value;
  return whole;
}

type Holder = { [key: string]: unknown } | unknown[];
function placesIn(value: unknown): { holder: Holder; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Holder;
  return Object.entries(value).flatMap(([key, inner]) => [{ holder, key }, ...placesIn(inner)]);
}
