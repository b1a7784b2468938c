/** ADM-2 for a second implementation: values at a limit, and one beyond it. */
import { kindOf } from '#src/kinds/index.ts';
import type { Body } from '#src/kinds/kind.ts';
import { dateLimits } from '#src/protocol/calendar.ts';
import type { Json } from '#src/protocol/primitives.ts';
import { readCompartments, readPortion, readTitle } from '#src/protocol/record/disclosed.ts';
import { recordLimits } from '#src/protocol/record/record.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import { atlas } from '#tests/record/drafts.ts';

type Reader = (value: Json) => unknown;

const readers: { readonly [form: string]: Reader } = {
  'disclosure-title': readTitle,
  'disclosure-compartments': (value) => readCompartments(value),
  'disclosure-portion': (value) => readPortion(value, '/portions/0'),
  'kind-request': (value) => readBody('request', value),
  'kind-permission-request': (value) => readBody('permission-request', value),
};

function readBody(kind: string, body: Json): Json | Refusal {
  const at = kindOf(kind)?.problem(body as Body);
  return at === null ? body : refuse('record-body-invalid', { at: at ?? '' });
}

const iso = (seconds: number) => new Date(seconds * 1_000).toISOString();

const portion = (change: { readonly [member: string]: Json }, marking: { readonly [member: string]: Json } = {}) => ({
  nature: 'fact',
  text: 'x',
  ...change,
  marking: { compartments: [], handling: [], level: 0, ...marking },
});
const times = <T>(count: number, one: (nth: number) => T) => Array.from({ length: count }, (_, nth) => one(nth));
const names = (count: number) => times(count, (nth) => `C${String(nth).padStart(3, '0')}`);
const conditions = (count: number) =>
  times(count, (nth) => ({ code: 'H3', originator: atlas.id, note: `n${String(nth).padStart(3, '0')}` }));

/** A name, the form, what its limit is, and a value of so many. */
const limits: readonly (readonly [string, string, number, (count: number) => Json])[] = [
  ['title, in UTF-16 code units', 'disclosure-title', recordLimits.titleCharactersMax, (count) => 'x'.repeat(count)],
  [
    'title of characters that take two code units each',
    'disclosure-title',
    recordLimits.titleCharactersMax,
    (count) => '𐤀'.repeat(Math.ceil(count / 2)),
  ],
  [
    'text of a portion',
    'disclosure-portion',
    recordLimits.portionCharactersMax,
    (n) => portion({ text: 'x'.repeat(n) }),
  ],
  ['compartments', 'disclosure-compartments', recordLimits.compartmentsMax, names],
  ['a compartment’s name', 'disclosure-compartments', 40, (count) => ['x'.repeat(count)]],
  [
    'compartments of a portion',
    'disclosure-portion',
    recordLimits.compartmentsMax,
    (n) => portion({}, { compartments: names(n) }),
  ],
  ['handling', 'disclosure-portion', recordLimits.handlingMax, (n) => portion({}, { handling: conditions(n) })],
  ['level', 'disclosure-portion', 4, (level) => portion({}, { level })],
  [
    'a second, counted from 1970',
    'kind-request',
    dateLimits.lastSecond,
    (seconds) => ({ urgency: 'routine', respondBy: `${iso(seconds).slice(0, 19)}Z` }),
  ],
  [
    'a day, counted from 1970',
    'kind-permission-request',
    Math.floor(dateLimits.lastSecond / 86_400),
    (days) => ({ use: 'judicial', reason: 'x', until: iso(days * 86_400).slice(0, 10) }),
  ],
];

export function limitVectors(): object {
  const verdict = (form: string, value: Json) => readers[form]?.(value);
  return {
    about:
      'ADM-2: the value of a disclosure or a body at its limit, which is taken, and one beyond, which is refused. The forms are those of spec/schema.',
    cases: limits.map(([name, form, limit, of]) => {
      const [at, beyond] = [of(limit), of(limit + 1)];
      const refusal = verdict(form, beyond);
      if (isRefusal(verdict(form, at)) || !isRefusal(refusal)) throw new Error(`${name}: the limit is another`);
      return { name, form, limit, at, beyond, refusal: (refusal as Refusal).code };
    }),
  };
}
