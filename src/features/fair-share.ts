import { type RawBuilder, sql } from 'kysely';

/** Items of one service that may stand together before another's have had their turn. */
const shareSize = 10;

/**
 * ADM-2: the place of an item among those of its service, in tens. A list that is ordered by it first shows ten of each
 * service, then ten more: whoever sends hundreds pushes nobody else's off the first page. Where no service has more than
 * ten, it changes nothing.
 */
export function fairShare(service: RawBuilder<unknown>, order: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`((row_number() over (partition by ${service} order by ${order}) - 1) / ${shareSize}::int)::int`;
}
