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
// What belongs to one record stands under its key, so that a change of records makes it ask again.
export const permissionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['records', id, 'permissions'],
    queryFn: ({ signal }) => client.listPermissions({ params: { id } }, { signal }),
  });
export const usesQuery = (id: string) =>
  queryOptions({
    queryKey: ['records', id, 'uses'],
    queryFn: ({ signal }) => client.listUses({ params: { id } }, { signal }),
  });
export const holdersQuery = (id: string) =>
  queryOptions({
    queryKey: ['records', id, 'holders'],
    queryFn: ({ signal }) => client.listHolders({ params: { id } }, { signal }),
  });
export const correctionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['records', id, 'corrections'],
    queryFn: ({ signal }) => client.listCorrections({ params: { id } }, { signal }),
  });
export const citationFlagsQuery = (id: string) =>
  queryOptions({
    queryKey: ['records', id, 'citation-flags'],
    queryFn: ({ signal }) => client.listCitationFlags({ params: { id } }, { signal }),
  });
export const sourcesQuery = (id: string) =>
  queryOptions({
    queryKey: ['records', id, 'sources'],
    queryFn: ({ signal }) => client.getSources({ params: { id } }, { signal }),
  });
export const draftsQuery = queryOptions({
  queryKey: ['drafts'],
  queryFn: ({ signal }) => client.listDrafts(undefined, { signal }),
  staleTime: 0,
});
