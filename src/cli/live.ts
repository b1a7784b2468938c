import { NodeUnreachable } from '#src/features/client.ts';
import { livePath } from '#src/features/live/contract.ts';

/** How long to sleep before asking again where the stream of events breaks. */
const againMs = 1_000;

/**
 * Yields at once, and again whenever the node says that something changed; never more often. Ends when `stop` aborts.
 * A broken stream is opened again, and what changed meanwhile is asked for.
 */
export async function* changes(node: string, fetchImpl: typeof fetch, stop: AbortSignal): AsyncGenerator<void> {
  while (!stop.aborted) {
    const response = await fetchImpl(node + livePath, { signal: stop, headers: { accept: 'text/event-stream' } }).catch(
      () => null,
    );
    if (response && !response.ok)
      throw new NodeUnreachable(node, { cause: new Error(`HTTP status ${response.status}`) });
    yield;
    if (response?.body) yield* eventsOf(response.body, stop);
    if (!stop.aborted) await new Promise((resolve) => setTimeout(resolve, againMs));
  }
}

/** One yield per piece of the stream that holds an event; comments keep the connection alive and say nothing. */
async function* eventsOf(body: ReadableStream<Uint8Array>, stop: AbortSignal): AsyncGenerator<void> {
  const decoder = new TextDecoder();
  try {
    for await (const piece of body) {
      if (/^data:/m.test(decoder.decode(piece, { stream: true }))) yield;
    }
  } catch (error) {
    // The stream broke: the caller opens it again. Anything else is not expected here.
    if (!(error instanceof TypeError) && !stop.aborted) throw error;
  }
}
