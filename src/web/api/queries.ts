import { QueryClient, queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';
import { asProblem, isSignedOut } from './problem.ts';

/** The first word of a query's key is its topic, so that a live change of a topic makes exactly its queries ask again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Changes are told by the live stream; what is older than this is asked again when it is looked at.
      staleTime: 15_000,
      retry: (count, thrown) => asProblem(thrown).code === 'unreachable' && count < 2,
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

export const meQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) =>
    client.me(undefined, { signal }).catch((thrown: unknown) => {
      // A node that belongs to no service yet knows of no sessions: nobody is signed in there either.
      if (isSignedOut(thrown) || asProblem(thrown).code === 'not-found') return null;
      throw thrown;
    }),
  staleTime: 60_000,
});

export const inboxCountsQuery = queryOptions({
  queryKey: ['inbox', 'counts'],
  queryFn: async ({ signal }) => (await client.listInbox({ query: { view: 'waiting', limit: 1 } }, { signal })).counts,
});

export const entranceQuery = queryOptions({
  queryKey: ['entrance'],
  queryFn: ({ signal }) => client.entrance(undefined, { signal }),
});
export const partnersQuery = queryOptions({
  queryKey: ['partners'],
  queryFn: ({ signal }) => client.listPartners(undefined, { signal }),
});
export const recordQuery = (id: string) =>
  queryOptions({
    queryKey: ['records', id],
    queryFn: ({ signal }) => client.getRecord({ params: { id } }, { signal }),
  });
export const draftsQuery = queryOptions({
  queryKey: ['drafts'],
  queryFn: ({ signal }) => client.listDrafts(undefined, { signal }),
  staleTime: 0,
});
