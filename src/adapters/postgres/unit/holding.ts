import type { Tx } from '#src/ports/database.ts';
import { countedSince, refusalsCounted, type StoreUnit } from '#src/ports/store.ts';
import type { RefusalCode } from '#src/protocol/refusal.ts';

/** Of each peer, and of all strangers together. */
const refusalsKept = 1_000;

export function holdingWords(
  tx: Tx,
): Pick<StoreUnit, 'hold' | 'heldFor' | 'heldCount' | 'unhold' | 'noteInboundRefusal'> {
  return {
    async hold({ peer, epoch, sequence, index, within = 0, sdJwt, code, waitsFor }, at) {
      await tx
        .insertInto('held_message')
        .values({
          peer,
          epoch,
          sequence,
          message_index: index,
          within,
          sd_jwt: sdJwt,
          code,
          waits_for: waitsFor,
          held_at: new Date(at),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    async heldFor(waitsFor) {
      const rows = await tx
        .selectFrom('held_message')
        .select(['peer', 'epoch', 'sequence', 'message_index', 'within', 'sd_jwt', 'code', 'waits_for'])
        .where('waits_for', '=', waitsFor)
        .orderBy('held_at')
        .orderBy('peer')
        .orderBy('epoch')
        .orderBy('sequence')
        .orderBy('message_index')
        .orderBy('within')
        .execute();
      return rows.map(({ peer, epoch, sequence, message_index, within, sd_jwt, code, waits_for }) => ({
        peer,
        epoch,
        sequence,
        index: message_index,
        ...(within > 0 && { within }),
        sdJwt: sd_jwt,
        // Written by `hold` alone
        code: code as RefusalCode,
        waitsFor: waits_for,
      }));
    },

    async heldCount(peer) {
      const { held } = await tx
        .selectFrom('held_message')
        .select(({ fn }) => fn.countAll<string>().as('held'))
        .where('peer', '=', peer)
        .executeTakeFirstOrThrow();
      return Number(held);
    },

    async unhold({ peer, epoch, sequence, index, within = 0 }) {
      await tx
        .deleteFrom('held_message')
        .where('peer', '=', peer)
        .where('epoch', '=', epoch)
        .where('sequence', '=', sequence)
        .where('message_index', '=', index)
        .where('within', '=', within)
        .execute();
    },

    async noteInboundRefusal(peer, code, at) {
      await tx
        .insertInto('inbound_refusal')
        .values({ peer, code, at: new Date(at) })
        .execute();
      // ADM-2: a stranger can be refused without end, and must not fill the disk with it
      await tx
        .deleteFrom('inbound_refusal')
        .where('peer', 'is not distinct from', peer)
        .where('id', '<=', (rows) =>
          rows
            .selectFrom('inbound_refusal')
            .select('id')
            .where('peer', 'is not distinct from', peer)
            .orderBy('id', 'desc')
            .offset(refusalsKept)
            .limit(1),
        )
        .execute();
      const { counted } = await tx
        .selectFrom((rows) =>
          rows
            .selectFrom('inbound_refusal')
            .select('id')
            .where('peer', 'is not distinct from', peer)
            .where('code', '=', code)
            .where('at', '>=', new Date(countedSince(at)))
            .limit(refusalsCounted)
            .as('recent'),
        )
        .select((count) => count.fn.countAll<string>().as('counted'))
        .executeTakeFirstOrThrow();
      return Number(counted);
    },
  };
}

/** What held messages wait for, of every peer: a few hundred hashes at most (ADM-2). */
export async function waitedFor(tx: Tx): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom('held_message')
    .select('waits_for')
    .distinct()
    .where('waits_for', 'is not', null)
    .execute();
  return new Set(rows.flatMap(({ waits_for }) => waits_for ?? []));
}
