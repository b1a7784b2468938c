import type { Static, TSchema } from 'typebox';
import { Check, Errors } from 'typebox/value';
import type { Body, Kind } from './kind.ts';

export interface KindDefinition<S extends TSchema> extends Omit<Kind, 'body' | 'problem'> {
  readonly body: S;
  /** What a schema cannot say. Sees only bodies that fit the schema; returns the pointer of what is wrong. */
  readonly rule?: (body: Static<S>) => string | null;
}

export function defineKind<const S extends TSchema>({ rule, ...kind }: KindDefinition<S>): Kind {
  return {
    ...kind,
    problem: (body) => {
      // Check proves that the body is what the schema says.
      if (Check(kind.body, body)) return rule?.(body as Static<S>) ?? null;
      return firstPointer(kind.body, body);
    },
  };
}

interface Conditions {
  readonly allOf?: readonly { readonly then?: { readonly required?: string[]; readonly properties?: object } }[];
}

function firstPointer(schema: TSchema, body: Body): string {
  const [error] = Errors(schema, body);
  // A condition that fails says which of them it is, and not what is missing.
  if (error?.keyword === 'if') {
    const condition = (schema as Conditions).allOf?.[Number(/^#\/allOf\/([0-9]+)$/.exec(error.schemaPath)?.[1])];
    return `/${condition?.then?.required?.[0] ?? Object.keys(condition?.then?.properties ?? {})[0] ?? ''}`;
  }
  if (error?.keyword !== 'required') return error?.instancePath ?? '';
  return `${error.instancePath}/${error.params.requiredProperties[0] ?? ''}`;
}
