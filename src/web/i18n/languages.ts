import { type Language, languages } from '#src/protocol/primitives.ts';

/** BCP 47 tags for `Intl`: ar-MA has the months of the Maghreb and Latin digits; en-GB puts the day before the month. */
export const localeOf: { readonly [L in Language]: string } = { ar: 'ar-MA', fr: 'fr-FR', en: 'en-GB' };

/** Each language by its own name. */
export const ownName: { readonly [L in Language]: string } = { ar: 'العربية', fr: 'Français', en: 'English' };

export const directionOf = (language: string): 'rtl' | 'ltr' => (language === 'ar' ? 'rtl' : 'ltr');

export const isLanguage = (value: unknown): value is Language => languages.some((language) => language === value);

/** The language after this one, for the key that goes round. */
export function nextLanguage(language: Language): Language {
  const following = languages[(languages.indexOf(language) + 1) % languages.length];
  return following ?? 'ar';
}

/** The first of the reader's wishes that we have; Arabic where we have none of them. */
export function languageFor(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const primary = wish.slice(0, 2).toLowerCase();
    if (isLanguage(primary)) return primary;
  }
  return 'ar';
}
