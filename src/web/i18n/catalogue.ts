import type { Language } from '#src/protocol/primitives.ts';
import { i18n } from './instance.ts';

declare const counted: unique symbol;
/** One sentence in the plural forms of its language (CLDR categories); chosen by the parameter `count`. */
export interface Plural extends Partial<Record<Intl.LDMLPluralRule, string>> {
  readonly [counted]: true;
  readonly other: string;
}
const plurals = new WeakSet<object>();
export function plural(forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }): Plural {
  plurals.add(forms);
  // The brand exists only for the compiler: it keeps a group of messages from passing as a plural.
  return forms as Plural;
}
export const isPlural = (value: unknown): value is Plural =>
  typeof value === 'object' && value !== null && plurals.has(value);

export type Messages = { readonly [key: string]: string | Plural | Messages };

/** Dotted paths to the sentences of a catalogue. */
export type Path<M> = {
  [K in keyof M & string]: M[K] extends string | Plural ? K : `${K}.${Path<M[K]>}`;
}[keyof M & string];

/** Dotted paths to the groups of a catalogue. */
export type GroupPath<M> = {
  [K in keyof M & string]: M[K] extends string | Plural ? never : K | `${K}.${GroupPath<M[K]>}`;
}[keyof M & string];

/** The same sentences in every language: French and English take their type from the Arabic, so a missing key fails tsc. */
export interface Catalogue<M> {
  readonly namespace: string;
  readonly messages: { readonly [L in Language]: M };
}

/** Plural forms become i18next's `key_few`, `key_many` …; everything else keeps its place. */
export function forI18next(messages: Messages): Record<string, unknown> {
  const entries = Object.entries(messages).flatMap(([key, value]): [string, unknown][] => {
    if (typeof value === 'string') return [[key, value]];
    if (isPlural(value)) return Object.entries(value).map(([form, text]) => [`${key}_${form}`, text]);
    return [[key, forI18next(value as Messages)]];
  });
  return Object.fromEntries(entries);
}

export function catalogue<M extends Messages>(namespace: string, messages: { [L in Language]: M }): Catalogue<M> {
  for (const [language, content] of Object.entries(messages)) {
    i18n.addResourceBundle(language, namespace, forI18next(content));
  }
  return { namespace, messages };
}
