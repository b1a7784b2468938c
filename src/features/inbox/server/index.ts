import type { Clock } from '#src/ports/clock.ts';
import type { Database, Tx } from '#src/ports/database.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import { refuse } from '#src/protocol/refusal.ts';
import { deliveriesOf } from '../../deliveries.ts';
import type { Handlers } from '../../handlers.ts';
import { type OwnService, serviceBriefs } from '../../service-briefs.ts';
import type { InboxItem, inbox } from '../contract.ts';
import { cursorOf, placeOf } from './cursor.ts';
import { dueRequests } from './due-requests.ts';
import { itemTexts } from './item-texts.ts';
import { type ItemRow, itemCounts, itemPage } from './items.ts';
import { sameSourceCounts } from './same-source.ts';

const itemsPerPage = 50;

export interface InboxDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly self: () => OwnService | null;
}

export function inboxRoutes({ database, clock, self }: InboxDeps): Handlers<typeof inbox> {
  return {
    async listInbox({ query }, caller) {
      const after = query.cursor === undefined ? null : placeOf(query.cursor);
      if (query.cursor !== undefined && after === null) return refuse('input-invalid', { at: '/cursor' });
      const limit = query.limit ?? itemsPerPage;
      const whose = { officer: caller.officer, self: self()?.id ?? '' };
      return database.asActor(caller.actor, async (tx) => {
        const reader = { ...whose, due: await dueRequests(tx, whose, clock.now()) };
        const asked = { view: query.view, q: query.q ?? '', after, limit: limit + 1 };
        const rows = await itemPage(tx, reader, asked);
        const page = rows.slice(0, limit);
        const last = page.at(-1);
        return {
          items: await inboxItems(tx, page, reader.self),
          next: rows.length > limit && last ? cursorOf({ ...last, at: last.at.getTime() }) : null,
          counts: await itemCounts(tx, reader),
        };
      });
    },
  };
}

async function inboxItems(tx: Tx, rows: readonly ItemRow[], self: ServiceId): Promise<InboxItem[]> {
  const briefs = await serviceBriefs(tx);
  const texts = await itemTexts(
    tx,
    rows.map(({ hash }) => hash),
  );
  const ours = rows.filter((row) => row.ours).map(({ record }) => record);
  const board = await deliveriesOf(tx, ours, self, briefs);
  const sameSource = await sameSourceCounts(
    tx,
    rows.map(({ record }) => record),
  );
  return rows.flatMap(({ hash, origin, at, share: _, calm: __, ...row }) => {
    // Visible a moment ago, in this same transaction.
    const text = texts.get(hash);
    if (text === undefined) return [];
    const deliveries = (board.get(row.record) ?? []).map(({ recipient, step }) => ({ recipient, step }));
    const item = { ...row, ...text, from: briefs(origin), at: at.toISOString(), deliveries };
    const sameSourceAs = sameSource.get(row.record);
    return [{ ...item, ...(sameSourceAs !== undefined && { sameSourceAs }) }];
  });
}
