/** Bodies of every kind, good and bad, for whoever reads them by another implementation. */
import { kinds } from '#src/kinds/index.ts';
import type { Body, Kind } from '#src/kinds/kind.ts';
import { alsoGood, good, wrong } from '#tests/kinds/bodies.ts';

interface Invalid {
  readonly name: string;
  readonly body: Body;
  /** JSON pointer to the first thing wrong, as this implementation finds it; only the refusal is normative. */
  readonly at: string;
}

export function kindVectors(): ReadonlyMap<string, string> {
  return new Map(
    [...kinds.values()].map((kind) => {
      const valid = [good[kind.name], ...(alsoGood[kind.name] ?? [])];
      const about = `Whole bodies of the kind ${kind.name}. An invalid one is refused with record-body-invalid (REC-2).`;
      return [kind.name, `${JSON.stringify({ about, valid, invalid: invalidOf(kind) }, null, 2)}\n`] as const;
    }),
  );
}

function invalidOf(kind: Kind): Invalid[] {
  const whole = good[kind.name] ?? {};
  const { required } = kind.body as unknown as { readonly required: readonly string[] };
  const without = (field: string) => Object.fromEntries(Object.entries(whole).filter(([name]) => name !== field));
  const cases: (readonly [string, Body])[] = [
    ['an unknown member', { ...whole, extra: 1 }],
    ...required.map((field) => [`no ${field}`, without(field)] as const),
    ...Object.keys(whole).map((field) => [`${field} is another type`, { ...whole, [field]: { not: 'this' } }] as const),
    ...Object.entries(whole).flatMap(([field, value]) =>
      typeof value === 'string' ? [[`${field} is empty`, { ...whole, [field]: '' }] as const] : [],
    ),
    ...(wrong[kind.name] ?? []).map(([name, change]) => [name, { ...whole, ...change }] as const),
  ];
  return cases.map(([name, body]) => {
    const at = kind.problem(body);
    if (at === null) throw new Error(`${kind.name}, ${name}: nothing is wrong with it`);
    return { name, body, at };
  });
}
