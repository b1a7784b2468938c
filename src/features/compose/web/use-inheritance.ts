import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { client } from '#src/web/api/client.ts';
import type { InheritanceView } from '../contract.ts';
import type { Draft } from './draft.ts';
import { type Floor, floorOf, raisedTo } from './inheritance.ts';
import type { DraftDesk } from './use-draft.ts';

export interface Inheritance {
  /** What is cited, and what the report must at least be marked; null while nothing is cited or known. */
  readonly view: InheritanceView | null;
  readonly floor: Floor | null;
  readonly error: unknown;
}

/** Asks what the cited records demand, and keeps the draft's marking from standing below it (MRK-1). */
export function useInheritance(draft: Draft, change: DraftDesk['change']): Inheritance {
  const { cites } = draft;
  const { data, error } = useQuery({
    // Under the topic of records: a correction of what is cited may change what it demands.
    queryKey: ['records', 'inheritance', ...cites],
    queryFn: ({ signal }) => client.previewInheritance({ body: { cites: [...cites] } }, { signal }),
    enabled: cites.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const view = cites.length > 0 ? (data ?? null) : null;
  const floor = view && floorOf(view.marking);
  useEffect(() => {
    const raise = floor ? raisedTo(floor, draft) : draft.onlyFor && cites.length === 0 ? { onlyFor: null } : null;
    if (raise) change(raise);
  });
  return { view, floor, error: cites.length > 0 ? error : null };
}
