import type { Language } from '#src/protocol/primitives.ts';
import { messages as arabic } from './messages.ar.ts';
import { messages as english } from './messages.en.ts';
import { messages as french } from './messages.fr.ts';
import { accessMessages } from './messages-access.ts';
import { correctionMessages } from './messages-corrections.ts';
import { permissionMessages } from './messages-permissions.ts';
import { recoveryMessages } from './messages-recovery.ts';
import { requestMessages } from './messages-requests.ts';
import { isolate } from './table.ts';

export type MessageKey =
  | keyof typeof english
  | keyof typeof requestMessages.en
  | keyof typeof correctionMessages.en
  | keyof typeof permissionMessages.en
  | keyof typeof recoveryMessages.en
  | keyof typeof accessMessages.en;
/** The keys of `messages.en.ts`, which its two sisters have too. */
export type Catalogue = { readonly [K in keyof typeof english]: string };

export const catalogues: { readonly [L in Language]: { readonly [K in MessageKey]: string } } = {
  ar: {
    ...arabic,
    ...requestMessages.ar,
    ...correctionMessages.ar,
    ...permissionMessages.ar,
    ...recoveryMessages.ar,
    ...accessMessages.ar,
  },
  fr: {
    ...french,
    ...requestMessages.fr,
    ...correctionMessages.fr,
    ...permissionMessages.fr,
    ...recoveryMessages.fr,
    ...accessMessages.fr,
  },
  en: {
    ...english,
    ...requestMessages.en,
    ...correctionMessages.en,
    ...permissionMessages.en,
    ...recoveryMessages.en,
    ...accessMessages.en,
  },
};

export type Say = ((key: MessageKey, values?: { readonly [name: string]: string | number }) => string) & {
  readonly language: Language;
};

export function speak(language: Language): Say {
  const say = (key: MessageKey, values: { readonly [name: string]: string | number } = {}): string =>
    catalogues[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => isolate(String(values[name] ?? whole)));
  return Object.assign(say, { language });
}

/** `--language`, else the first of LC_ALL, LC_MESSAGES, LANG that names one of ours, else English. */
export function languageOf(chosen: string | undefined, env: { readonly [name: string]: string | undefined }): Language {
  for (const wish of [chosen, env['LC_ALL'], env['LC_MESSAGES'], env['LANG']]) {
    const language = /^(ar|fr|en)(?![a-z])/i.exec(wish ?? '')?.[1]?.toLowerCase();
    if (language) return language as Language;
  }
  return 'en';
}
