import { queryOptions } from '@tanstack/react-query';
import { client } from '#src/web/api/client.ts';

/** Under the partner's key: a receipt that comes changes what is confirmed. */
export const exportsQuery = (id: string) =>
  queryOptions({
    queryKey: ['partners', id, 'bundles'],
    queryFn: ({ signal }) => client.listExports({ params: { id } }, { signal }),
  });
