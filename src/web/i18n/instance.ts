import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { isolate } from './isolate.ts';
import { isLanguage, languageFor, localeOf } from './languages.ts';

const kept = 'tansiq.language';

function firstLanguage() {
  if (typeof window === 'undefined') return 'ar';
  const chosen = window.localStorage.getItem(kept);
  return isLanguage(chosen) ? chosen : languageFor(navigator.languages);
}

const numberFormats = new Map<string, Intl.NumberFormat>();
function numberFormat(language: string): Intl.NumberFormat {
  const locale = isLanguage(language) ? localeOf[language] : language;
  const format = numberFormats.get(locale) ?? new Intl.NumberFormat(locale);
  numberFormats.set(locale, format);
  return format;
}

export const i18n = createInstance();
void i18n.use(initReactI18next).init({
  lng: firstLanguage(),
  // No fallback: a sentence in the wrong language would hide that one is missing.
  fallbackLng: false,
  initAsync: false,
  resources: {},
  returnNull: false,
  interpolation: {
    // React escapes HTML; what a sentence needs against its parameters is isolation of direction, and its own digits.
    escapeValue: true,
    useRawValueToEscape: true,
    escape: (value: unknown) => isolate(typeof value === 'number' ? numberFormat(i18n.language).format(value) : value),
  },
});

/** Speaks another language from now on, and remembers it on this machine for the sign-in page. */
export function speak(language: string): void {
  if (!isLanguage(language)) return;
  window.localStorage.setItem(kept, language);
  if (i18n.language !== language) void i18n.changeLanguage(language);
}
