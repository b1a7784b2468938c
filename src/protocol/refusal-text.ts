/** What each refusal says to a person, in every language of the interface: what happened, and what to do next. */
import type { Language } from './primitives.ts';
import { type Refusal, type RefusalCode, ruleOfRefusal } from './refusal.ts';
import { arabic } from './refusal-text/ar.ts';
import type { RefusalCatalogue, RefusalSentences } from './refusal-text/catalogue.ts';
import { english } from './refusal-text/en.ts';
import { french } from './refusal-text/fr.ts';

export type { RefusalSentences } from './refusal-text/catalogue.ts';

const catalogues: { readonly [L in Language]: RefusalCatalogue } = { ar: arabic, fr: french, en: english };

const inEveryLanguage = (code: RefusalCode): { readonly [L in Language]: RefusalSentences } => ({
  ar: catalogues.ar[code],
  fr: catalogues.fr[code],
  en: catalogues.en[code],
});

// The cast holds because the keys are exactly those of the closed union.
export const refusalText = Object.fromEntries(
  (Object.keys(ruleOfRefusal) as RefusalCode[]).map((code) => [code, inEveryLanguage(code)]),
) as { readonly [C in RefusalCode]: { readonly [L in Language]: RefusalSentences } };

const limitClause = / ?\([^()]*\{limit\}[^()]*\)/u;

/** The sentences of one refusal with its limit filled in, or without the clause on the limit where there is none. */
export function refusalSentences(refusal: Pick<Refusal, 'code' | 'limit'>, language: Language): RefusalSentences {
  const { says, next } = refusalText[refusal.code][language];
  if (refusal.limit === undefined) return { says: says.replace(limitClause, ''), next };
  return { says: says.replace('{limit}', String(refusal.limit)), next };
}
