import type { Clock } from '#src/ports/clock.ts';
import type { Database } from '#src/ports/database.ts';
import type { Json } from '#src/protocol/primitives.ts';
import { refuse } from '#src/protocol/refusal.ts';
import type { Handlers } from '../../handlers.ts';
import type { compose } from '../contract.ts';

type DraftRoutes = Pick<Handlers<typeof compose>, 'listDrafts' | 'saveDraft' | 'deleteDraft'>;

/** Drafts are their author's alone, and only the version that was read may be replaced: two tabs lose nothing. */
export function draftRoutes(deps: { readonly database: Database; readonly clock: Clock }): DraftRoutes {
  return {
    async listDrafts(_input, caller) {
      const rows = await deps.database.asActor(caller.actor, (tx) =>
        tx
          .selectFrom('draft')
          .selectAll()
          .where('officer', '=', caller.officer.id)
          .orderBy('updated_at', 'desc')
          .limit(100)
          .execute(),
      );
      return rows.map((row) => view(row));
    },

    async saveDraft({ params, body }, caller) {
      const content = JSON.stringify(body.content ?? null);
      const now = new Date(deps.clock.now());
      const saved = await deps.database.asActor(caller.actor, (tx) =>
        body.version === 0
          ? tx
              .insertInto('draft')
              .values({ id: params.id, officer: caller.officer.id, content, version: 1, updated_at: now })
              .onConflict((conflict) => conflict.doNothing())
              .returningAll()
              .executeTakeFirst()
          : tx
              .updateTable('draft')
              .set({ content, version: body.version + 1, updated_at: now })
              .where('id', '=', params.id)
              .where('officer', '=', caller.officer.id)
              .where('version', '=', body.version)
              .returningAll()
              .executeTakeFirst(),
      );
      return saved ? view(saved) : refuse('edit-conflict');
    },

    async deleteDraft({ params }, caller) {
      await deps.database.asActor(caller.actor, (tx) =>
        tx.deleteFrom('draft').where('id', '=', params.id).where('officer', '=', caller.officer.id).execute(),
      );
      return {};
    },
  };
}

function view(row: { id: string; version: number; updated_at: Date; content: Json }) {
  return { id: row.id, version: row.version, updatedAt: row.updated_at.toISOString(), content: row.content };
}
