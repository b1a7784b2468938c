import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { client } from '#src/web/api/client.ts';
import { dayAfter } from '#src/web/i18n/format.ts';
import { useNow } from '#src/web/now.tsx';
import type { ReleasePreview } from '../contract.ts';
import type { Draft } from './draft.ts';
import { previewInputOf } from './report-input.ts';

const pauseMs = 350;

export interface Previews {
  readonly byRecipient: ReadonlyMap<string, ReleasePreview>;
  /** Keys of the portions, in the order that the previews count them. */
  readonly keys: readonly string[];
  readonly error: unknown;
}

/** What each chosen partner would get, asked from the server a moment after each change: the release itself, taken back. */
export function usePreviews(draft: Draft): Previews {
  const now = useNow();
  const [settled, setSettled] = useState(draft);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(draft), pauseMs);
    return () => clearTimeout(timer);
  }, [draft]);
  const asked = settled.recipients.length > 0 ? previewInputOf(settled, dayAfter(now, 12)) : null;
  const { data, error } = useQuery({
    // Under the topic of partners: an agreement that begins or ends changes what each would get.
    queryKey: ['partners', 'preview', JSON.stringify(asked?.input)],
    queryFn: async ({ signal }) => {
      if (!asked) return { previews: [], keys: [] };
      return { previews: await client.previewRelease({ body: asked.input }, { signal }), keys: asked.keys };
    },
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    retry: false,
  });
  return {
    byRecipient: new Map((asked ? (data?.previews ?? []) : []).map((preview) => [preview.recipient.id, preview])),
    keys: data?.keys ?? [],
    error: asked ? error : null,
  };
}
