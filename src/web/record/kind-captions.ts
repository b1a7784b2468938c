import { kindWords } from '#src/kinds/words.ts';
import type { Language } from '#src/protocol/primitives.ts';

/** The caption of a kind; the name itself where this version does not know the kind. */
export const kindCaption = (kind: string, language: Language): string => kindWords[kind]?.caption[language] ?? kind;

/** The caption of a body field, or of a value of one (`decision/act`); null where the kind has none. */
export const fieldCaption = (kind: string, field: string, language: Language): string | null =>
  kindWords[kind]?.captions[field]?.[language] ?? null;
