import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { client, partingClient } from '#src/web/api/client.ts';
import { uuidv7 } from '#src/web/api/identifiers.ts';
import { asProblem, type Problem } from '#src/web/api/problem.ts';
import { draftsQuery } from '#src/web/api/queries.ts';
import { type Draft, isUntouched } from './draft.ts';

const pauseMs = 700;
const retryMs = 5_000;

/** `kept`: the node has it. `keeping`: on its way. Else the problem, while the text stays in this tab. */
export type Keeping = 'new' | 'kept' | 'keeping' | Problem;

export interface DraftDesk {
  readonly draft: Draft;
  readonly keeping: Keeping;
  readonly change: (change: Partial<Draft> | ((now: Draft) => Partial<Draft>)) => void;
  /** Keeps it now; true once the node has exactly what is on the desk. */
  readonly keepNow: () => Promise<boolean>;
  /** After it was sent or thrown away: nothing more is kept. */
  readonly close: () => void;
}

/** What the node does not have yet survives a reload of the tab here, and is gone with the tab. */
const tabKey = (id: string) => `tansiq.draft.${id}`;
export function unkept(id: string): unknown {
  const kept = window.sessionStorage.getItem(tabKey(id));
  return kept === null ? null : JSON.parse(kept);
}

export function putInTab(id: string, draft: Draft): void {
  window.sessionStorage.setItem(tabKey(id), JSON.stringify(draft));
}

/**
 * A draft that is kept on the node a moment after every change. `version` is the one that was read; 0 where the node has
 * none yet. A change made elsewhere meanwhile is not overwritten: the problem `edit-conflict` says so.
 */
export function useDraft(
  id: string,
  initial: { readonly draft: Draft; readonly version: number; readonly isKept: boolean },
): DraftDesk {
  const queries = useQueryClient();
  const [draft, change] = useReducer(
    (now: Draft, wanted: Partial<Draft> | ((now: Draft) => Partial<Draft>)): Draft => ({
      ...now,
      ...(typeof wanted === 'function' ? wanted(now) : wanted),
      // Other content is another sending.
      sendKey: uuidv7(),
    }),
    initial.draft,
  );
  const [keeping, setKeeping] = useState<Keeping>(initial.version === 0 ? 'new' : 'kept');
  const latest = useRef(draft);
  const keptDraft = useRef(initial.isKept ? initial.draft : null);
  const version = useRef(initial.version);
  const running = useRef<Promise<boolean> | null>(null);
  const closed = useRef(false);

  const keep = useCallback(async (): Promise<boolean> => {
    // One at a time: the next one needs the version that the one before returns.
    while (running.current !== null) await running.current;
    if (closed.current || keptDraft.current === latest.current) return true;
    if (version.current === 0 && isUntouched(latest.current)) return true;
    const content = latest.current;
    setKeeping('keeping');
    running.current = client
      .saveDraft({ params: { id }, body: { version: version.current, content } })
      .then((saved) => {
        version.current = saved.version;
        keptDraft.current = content;
        if (latest.current === content) {
          window.sessionStorage.removeItem(tabKey(id));
          setKeeping('kept');
        }
        void queries.invalidateQueries({ queryKey: draftsQuery.queryKey });
        return latest.current === content;
      })
      .catch((thrown: unknown) => {
        setKeeping(asProblem(thrown));
        return false;
      })
      .finally(() => {
        running.current = null;
      });
    return running.current;
  }, [id, queries]);

  useEffect(() => {
    if (draft === latest.current) return;
    latest.current = draft;
    if (closed.current || (version.current === 0 && isUntouched(draft))) return;
    putInTab(id, draft);
    const timer = setTimeout(() => void keep(), pauseMs);
    return () => clearTimeout(timer);
  }, [draft, id, keep]);

  // What a tab had and the node had not goes to the node as soon as it is opened again.
  useEffect(() => {
    if (keptDraft.current === null) void keep();
  }, [keep]);

  const failed = typeof keeping === 'object' && keeping.code === 'unreachable';
  useEffect(() => {
    if (!failed) return;
    const timer = setInterval(() => void keep(), retryMs);
    return () => clearInterval(timer);
  }, [failed, keep]);

  // The tab is left within the pause: the last words still go out.
  useEffect(() => {
    const leave = () => {
      if (closed.current || keptDraft.current === latest.current || running.current !== null) return;
      if (version.current === 0 && isUntouched(latest.current)) return;
      partingClient
        .saveDraft({ params: { id }, body: { version: version.current, content: latest.current } })
        // Nobody is there any more to tell; the tab's own copy remains.
        .catch(() => {});
    };
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      void keep();
    };
  }, [id, keep]);

  const close = useCallback(() => {
    closed.current = true;
    window.sessionStorage.removeItem(tabKey(id));
  }, [id]);

  return { draft, keeping, change, keepNow: keep, close };
}
