import type { QueryClient } from '@tanstack/react-query';
import { livePath, liveTopics } from '#src/features/live/contract.ts';

const retryDelayMsMin = 1_000;
const retryDelayMsMax = 30_000;
/** Many changes in a moment become one round of questions. */
const gatherMs = 150;

export type LiveState = 'connected' | 'waiting';

/**
 * Listens to the node and makes the queries of a changed topic ask again. The stream names only topics, so after a
 * break everything is asked again: nothing was missed. Returns the function that ends it.
 */
export function listenLive(queries: QueryClient, onState: (state: LiveState) => void): () => void {
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let gather: ReturnType<typeof setTimeout> | undefined;
  let delayMs = retryDelayMsMin;
  let wasConnected = false;
  const changed = new Set<string>();

  const ask = () => {
    gather = undefined;
    const topics = [...changed];
    changed.clear();
    for (const topic of [...topics, 'session']) void queries.invalidateQueries({ queryKey: [topic] });
  };
  const note = (topic: string) => {
    changed.add(topic);
    gather ??= setTimeout(ask, gatherMs);
  };

  const open = () => {
    source = new EventSource(livePath);
    source.addEventListener('open', () => {
      delayMs = retryDelayMsMin;
      onState('connected');
      if (wasConnected) for (const topic of liveTopics) note(topic);
      wasConnected = true;
    });
    source.addEventListener('changed', (event) => note(String(event.data).replaceAll('"', '')));
    source.addEventListener('error', () => {
      onState('waiting');
      // The browser comes back by itself after a broken connection, but not after an answer that was no stream.
      if (source?.readyState !== EventSource.CLOSED) return;
      clearTimeout(retry);
      retry = setTimeout(open, delayMs);
      delayMs = Math.min(delayMs * 2, retryDelayMsMax);
    });
  };
  open();
  return () => {
    source?.close();
    clearTimeout(retry);
    clearTimeout(gather);
  };
}
