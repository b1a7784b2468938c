/** A record that is kept here goes to further partners: our own as agreed, another's as its origin permits (REL-3). */
import { releaseTo } from '#src/engine/release.ts';
import { releaseOnward } from '#src/engine/release-onward.ts';
import { storedKeyOf } from '#src/engine/stored-keys.ts';
import type { Tx } from '#src/ports/database.ts';
import type { RecordId, ServiceId, UnixMs } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { verifyRecord } from '#src/protocol/record/verify.ts';
import { isRefusal, type Refusal, refuse } from '#src/protocol/refusal.ts';
import type { Caller, Handlers } from '../../handlers.ts';
import { once } from '../../idempotency.ts';
import { unknownAmong } from '../../known-partners.ts';
import { refusedAct } from '../../record-acts.ts';
import type { compose, ReleaseInput, ReleasePreview } from '../contract.ts';
import type { ComposeDeps } from './index.ts';
import { previewsOf } from './previews.ts';
import { undone } from './undone.ts';

type KeptReleaseRoutes = Pick<Handlers<typeof compose>, 'releaseRecord' | 'previewRecordRelease'>;

export function keptReleaseRoutes(deps: ComposeDeps): KeptReleaseRoutes {
  const { database, signing } = deps;
  const self = signing.keyring.identity.service;

  async function release(
    tx: Tx,
    id: RecordId,
    { recipients, holdBack = [] }: ReleaseInput,
    caller: Caller,
    at: UnixMs,
  ): Promise<ReleasePreview[] | Refusal> {
    const record = await keptRecord(tx, id);
    if (isRefusal(record)) return record;
    const unknown = await unknownAmong(tx, recipients);
    if (unknown !== null) return unknown;
    const withheld = digestsOf(record, holdBack, self);
    if (isRefusal(withheld)) return withheld;
    const unit = database.unit(tx);
    const already = await releasedAlready(tx, record.hash);
    const fresh = recipients.filter((recipient) => !already.has(recipient));
    const asked = { officer: caller.officer.id, at, self, randomBytes: signing.randomBytes, onFault: signing.onFault };
    const plans =
      record.origin === self
        ? await releaseTo(unit, record, fresh, { ...asked, withheld })
        : await releaseOnward(unit, record, fresh, {
            ...asked,
            primitives: signing.primitives,
            asNode: (work) => database.switchActor(tx, { kind: 'node' }, caller.actor, work),
          });
    return previewsOf(tx, record, plans);
  }

  async function keptRecord(tx: Tx, id: RecordId): Promise<VerifiedRecord | Refusal> {
    const unit = database.unit(tx);
    const head = await unit.head(id);
    const sdJwt = head && (await unit.sdJwt(head.hash));
    if (!head || !sdJwt) return refuse('not-found');
    const record = verifyRecord(sdJwt, await storedKeyOf(unit, head.origin), signing.primitives);
    if (isRefusal(record)) throw new Error(`a kept record does not verify: ${record.code}`);
    return record;
  }

  return {
    async previewRecordRelease({ params, body }, caller) {
      const at = deps.clock.now();
      // The release itself, taken back: nothing can differ from what will be sent.
      return undone(database, caller.actor, async (tx) => {
        const refused = await refusedAct(database, tx, 'release', params.id, caller);
        return refused ?? release(tx, params.id, body, caller, at);
      });
    },

    async releaseRecord(input, caller) {
      const at = deps.clock.now();
      const { params, body } = input;
      const made = await database.asActor(caller.actor, (tx) =>
        once(tx, caller, input, { at, primitives: signing.primitives, database }, async () => {
          const previews = await release(tx, params.id, body, caller, at);
          return isRefusal(previews) ? previews : { previews };
        }),
      );
      if (isRefusal(made)) return made;
      for (const recipient of body.recipients) deps.wake(recipient);
      deps.announce('records');
      deps.announce('inbox');
      return made;
    },
  };
}

/** REL-2: what was refused may be asked for again. */
async function releasedAlready(tx: Tx, hash: string): Promise<ReadonlySet<ServiceId>> {
  const rows = await tx
    .selectFrom('release')
    .select('recipient')
    .where('hash', '=', hash)
    .where('state', '<>', 'refused')
    .execute();
  return new Set(rows.map((row) => row.recipient));
}

/** What is held back of an own record; of another's, its origin says which portions go (REL-3). */
function digestsOf(record: VerifiedRecord, holdBack: readonly number[], self: ServiceId): readonly string[] | Refusal {
  const paths = new Set(holdBack.map((index) => `portions/${index}`));
  const digests = record.disclosures.filter(({ path }) => paths.has(path)).map(({ digest }) => digest);
  const isFit = digests.length === paths.size && (record.origin === self || paths.size === 0);
  return isFit ? digests : refuse('input-invalid', { at: '/holdBack' });
}
