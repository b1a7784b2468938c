/** EXC-3: files carried by hand or through a diode. The engine makes and takes them; here stands who may ask, and the lines. */
import type { Engine } from '#src/engine/engine.ts';
import type { Clock } from '#src/ports/clock.ts';
import type { Database, Tx } from '#src/ports/database.ts';
import type { Primitives, ServiceId } from '#src/protocol/primitives.ts';
import { isRefusal, type Refusal, refuse, ruleOfRefusal } from '#src/protocol/refusal.ts';
import type { Announce, Caller, Handlers } from '../../handlers.ts';
import { once } from '../../idempotency.ts';
import { serviceBriefs } from '../../service-briefs.ts';
import type { BundleFile, bundles } from '../contract.ts';
import { listExports } from './exports.ts';

export interface BundlesDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly primitives: Primitives;
  readonly announce: Announce;
  readonly bundles: Pick<Engine, 'exportBundle' | 'importBundle' | 'wake'>;
}

export function bundlesRoutes(deps: BundlesDeps): Handlers<typeof bundles> {
  const { database, clock } = deps;

  /** An officer's act and its line, in one transaction; what the engine then does stands in its own. */
  async function act<T>(caller: Caller, work: (tx: Tx) => Promise<T | Refusal>): Promise<T | Refusal> {
    return database.asActor(caller.actor, work);
  }

  return {
    async chooseCarrier(input, caller) {
      const { params, body } = input;
      const choose = async (tx: Tx) => {
        const row = await tx
          .updateTable('service')
          .set({ carrier: body.carrier })
          .where('id', '=', params.id)
          .where('is_self', '=', false)
          .where('revoked_at', 'is', null)
          .returning('carrier')
          .executeTakeFirst();
        if (!row) return refuse('not-found');
        await line(tx, caller, 'carrier.chosen', params.id, row.carrier);
        return { carrier: row.carrier };
      };
      const here = { at: clock.now(), primitives: deps.primitives, database };
      const chosen = await database.asActor(caller.actor, (tx) => once(tx, caller, input, here, () => choose(tx)));
      if (!isRefusal(chosen)) {
        deps.bundles.wake(params.id);
        deps.announce('partners');
      }
      return chosen;
    },

    async exportBundle({ params }, caller) {
      const codes = await act(caller, async (tx) => {
        const briefs = await serviceBriefs(tx);
        const self = await tx.selectFrom('service').select('code').where('is_self', '=', true).executeTakeFirst();
        return { from: self?.code ?? '', to: briefs(params.id).code };
      });
      if (isRefusal(codes)) return codes;
      const made = await deps.bundles.exportBundle(params.id, caller.officer.id);
      if (isRefusal(made)) return made;
      await act(caller, async (tx) => {
        await line(tx, caller, 'bundle.exported', params.id, `${made.batches}`);
      });
      deps.announce('partners');
      const { batches, messages } = made;
      return { file: fileOf(made.bytes, codes, clock.now()), batches, messages };
    },

    listExports({ params }, caller) {
      return act(caller, (tx) => listExports(tx, params.id));
    },

    async importBundle({ body }, caller) {
      const bytes = Buffer.from(body.content, 'base64');
      if (bytes.length === 0) return refuse('bundle-malformed');
      const taken = await deps.bundles.importBundle(bytes);
      if (isRefusal(taken)) return taken;
      const report = await act(caller, async (tx) => {
        await line(tx, caller, 'bundle.imported', taken.from, `${taken.taken}`);
        const briefs = await serviceBriefs(tx);
        const self = await tx.selectFrom('service').select('code').where('is_self', '=', true).executeTakeFirst();
        const from = briefs(taken.from);
        const codes = { from: self?.code ?? '', to: from.code };
        return {
          from,
          taken: taken.taken,
          known: taken.known,
          receipts: taken.receipts,
          refused: taken.refused.map((code) => ({ code, rule: ruleOfRefusal[code] })),
          answer: taken.answer === null ? null : fileOf(taken.answer, codes, clock.now()),
        };
      });
      deps.announce('partners');
      deps.announce('inbox');
      return report;
    },
  };

  async function line(tx: Tx, caller: Caller, act: string, service: ServiceId, reason: string): Promise<void> {
    const by = { actorKind: 'officer', actor: caller.officer.id } as const;
    await database.unit(tx).appendJournal({ at: clock.now(), ...by, act, record: null, hash: null, service, reason });
  }
}

/** `atlas-meridian-20261124T093000Z.tansiq`: codes are for people; what counts is sealed within. */
function fileOf(bytes: Uint8Array, codes: { from: string; to: string }, at: number): BundleFile {
  const time = new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
  const plain = (code: string) => code.replace(/[^A-Za-z0-9-]/g, '_');
  return {
    name: `${plain(codes.from)}-${plain(codes.to)}-${time}.tansiq`,
    content: Buffer.from(bytes).toString('base64'),
  };
}
