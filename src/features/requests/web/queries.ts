import { queryOptions } from '@tanstack/react-query';
import { client } from '#src/web/api/client.ts';

export type Direction = 'to-us' | 'ours';
export type Openness = 'open' | 'closed';

/** Under the topic of records: an answer that arrives changes a list and a clock. */
export const requestsQuery = (direction: Direction, state: Openness) =>
  queryOptions({
    queryKey: ['records', 'requests', direction, state],
    queryFn: ({ signal }) => client.listRequests({ query: { direction, state } }, { signal }),
  });

export const requestQuery = (id: string) =>
  queryOptions({
    queryKey: ['records', id, 'request'],
    queryFn: ({ signal }) => client.getRequest({ params: { id } }, { signal }),
  });
