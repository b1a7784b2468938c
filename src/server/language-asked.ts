import { type Language, languages } from '#src/protocol/primitives.ts';

/** The first language of `Accept-Language` (RFC 9110 §12.5.4), by weight, that we speak; Arabic where there is none. */
export function languageAsked(header: string | undefined): Language {
  const asked = (header ?? '')
    .slice(0, 200)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.map((parameter) => /^\s*q=([0-9.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.split('-')[0], weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { language } of asked) {
    const spoken = languages.find((known) => known === language);
    if (spoken !== undefined) return spoken;
  }
  return 'ar';
}
