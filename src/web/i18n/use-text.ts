import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '#src/protocol/primitives.ts';
import type { Catalogue, GroupPath, Messages, Path } from './catalogue.ts';
import { isLanguage } from './languages.ts';

export interface Text<M> {
  /** A sentence of the catalogue, its parameters isolated. */
  (key: Path<M>, parameters?: { readonly [name: string]: string | number }): string;
  /**
   * The caption of a value from outside, such as a status that the server names: `text.of('state', 'queued')`.
   * A value that this version has no word for is shown as it is, never dropped.
   */
  of(group: GroupPath<M>, value: string): string;
}

export function useText<M extends Messages>(catalogue: Catalogue<M>): Text<M> {
  const { t: translate, i18n } = useTranslation(catalogue.namespace);
  return useMemo(() => {
    // i18next's own key types know nothing of our catalogues; `Path<M>` is what checks the keys.
    const t = translate as unknown as (
      key: string,
      parameters?: { readonly [name: string]: string | number },
    ) => string;
    const text = ((key, parameters) => t(key, parameters)) as Text<M>;
    text.of = (group, value) => {
      const key = `${group}.${value}`;
      return i18n.exists(key, { ns: catalogue.namespace }) ? t(key) : value;
    };
    return text;
  }, [translate, i18n, catalogue.namespace]);
}

/** The language of the interface now. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return isLanguage(i18n.language) ? i18n.language : 'ar';
}
