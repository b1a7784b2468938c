import { queryOptions } from '@tanstack/react-query';
import { client } from '#src/web/api/client.ts';

/** All under the topic of partners: what a partner confirms or returns changes them. */
export const keysQuery = queryOptions({
  queryKey: ['partners', 'keys'],
  queryFn: ({ signal }) => client.getKeys(undefined, { signal }),
});

export const partnerKeysQuery = (id: string) =>
  queryOptions({
    queryKey: ['partners', id, 'keys'],
    queryFn: ({ signal }) => client.getPartnerKeys({ params: { id } }, { signal }),
  });

const recoveringAskedMs = 5_000;

/** Asked again and again only while the node is recovering. */
export const recoveryQuery = queryOptions({
  queryKey: ['partners', 'recovery'],
  queryFn: ({ signal }) => client.getRecovery(undefined, { signal }),
  retry: false,
  refetchInterval: ({ state }) => (state.data?.recovering ? recoveringAskedMs : false),
});
