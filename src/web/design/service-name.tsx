import type { Language } from '#src/protocol/primitives.ts';
import { useLanguage } from '../i18n/use-text.ts';

export interface NamedService {
  readonly code: string;
  readonly names: { readonly [L in Language]: string };
}

/** A service's name in the reader's language; its code where it gave none. */
export const nameOf = (service: NamedService, language: Language): string => service.names[language] || service.code;

/** Isolated, so that a Latin name within Arabic text (or the reverse) keeps its own order. */
export function ServiceName({ service }: { service: NamedService }) {
  return <bdi>{nameOf(service, useLanguage())}</bdi>;
}
