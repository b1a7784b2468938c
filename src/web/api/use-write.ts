import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { uuidv7 } from './identifiers.ts';

/**
 * One act that signs or sends something. The key stays the same however often the button is pressed or the network
 * breaks, so that the act happens once (EXC-2); afterwards every page asks again for what the act may have changed.
 */
export function useWrite<V, T>(
  act: (given: V, options: { idempotencyKey: string }) => Promise<T>,
  onDone: (reply: T) => void,
) {
  const queries = useQueryClient();
  const [idempotencyKey] = useState(() => uuidv7());
  return useMutation({
    mutationFn: (given: V) => act(given, { idempotencyKey }),
    onSuccess: (reply) => {
      onDone(reply);
      for (const topic of ['records', 'inbox', 'partners']) void queries.invalidateQueries({ queryKey: [topic] });
    },
  });
}
