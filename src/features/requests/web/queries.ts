import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client } from '#src/web/api/client.ts';

export type Direction = 'to-us' | 'ours';
export type Openness = 'open' | 'closed';

/** Under the topic of records: an answer that arrives changes a list and a clock. */
export const requestsQuery = (direction: Direction, state: Openness) =>
  infiniteQueryOptions({
    queryKey: ['records', 'requests', direction, state],
    queryFn: ({ pageParam, signal }) =>
      client.listRequests({ query: { direction, state, ...(pageParam && { cursor: pageParam }) } }, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

export const requestQuery = (id: string) =>
  queryOptions({
    queryKey: ['records', id, 'request'],
    queryFn: ({ signal }) => client.getRequest({ params: { id } }, { signal }),
  });
