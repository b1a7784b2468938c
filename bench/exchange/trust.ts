/** What officers do by hand elsewhere, for a measurement: cards, confirmed fingerprints, an agreement in force. */

import type { Signing } from '#src/engine/deps.ts';
import { issue, keepOwn } from '#src/engine/issue.ts';
import { makeServiceCard, type ServiceCard } from '#src/engine/service-card.ts';
import { dayOf, daysAfter } from '#src/engine/today.ts';
import type { Database } from '#src/ports/database.ts';
import { sealingSuite } from '#src/protocol/exchange/state.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import { recordIdOf } from '#src/protocol/record/record-id.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import type { Progress } from './orders.ts';

export async function makeOwnCard(database: Database, url: string, signing: Signing): Promise<ServiceCard> {
  const code = `node-${process.pid}`;
  const card = await makeServiceCard(
    { code, names: { ar: code, fr: code, en: code }, url, language: 'fr' },
    signing,
    Date.now(),
  );
  if (isRefusal(card)) throw new Error(card.code);
  await keepService(database, card, true);
  return card;
}

export const meet = (database: Database, card: ServiceCard): Promise<void> => keepService(database, card, false);

async function keepService(database: Database, card: ServiceCard, isSelf: boolean): Promise<void> {
  await database.asActor({ kind: 'node' }, async (tx) => {
    await tx
      .insertInto('service')
      .values({
        id: card.service,
        is_self: isSelf,
        code: card.code,
        names: JSON.stringify(card.names),
        url: card.url,
        inception_key: card.inceptionKey,
        signing_keys: JSON.stringify(card.signingKeys),
        sealing_key_id: card.sealingKey.id,
        sealing_key: card.sealingKey.publicKey,
        card: card.text,
        added_at: new Date(),
        confirmed_at: new Date(),
        confirmed_by: null,
        revoked_at: null,
      })
      .execute();
  });
}

export async function agree(database: Database, self: ServiceId, partner: ServiceId, signing: Signing): Promise<void> {
  const at = Date.now();
  const terms = {
    ceiling: 3,
    compartments: [],
    purposes: ['terrorism-prevention'],
    validFrom: dayOf(at),
    validUntil: daysAfter(dayOf(at), 365),
    oversightIncluded: false,
  } as const;
  const marking = { level: 0, compartments: [], handling: [], releasableTo: 'any' } as const;
  const record = await issue(
    {
      id: recordIdOf(self, at, signing.randomBytes(4), signing.primitives),
      kind: 'agreement',
      revision: 1,
      previous: null,
      status: 'active',
      origin: self,
      language: 'fr',
      createdAt: Math.floor(at / 1_000),
      purpose: 'administration',
      legalBasis: 'Mesure',
      reviewBy: daysAfter(dayOf(at), 365),
      marking,
      title: 'Accord pour la mesure',
      desk: 'direction',
      portions: [{ text: 'Les deux services échangent.', nature: 'fact', marking }],
      body: { ...terms, parties: [self, partner], suite: sealingSuite },
      cites: [],
      links: [],
    },
    signing,
  );
  if (isRefusal(record)) throw new Error(record.code);
  await database.asActor({ kind: 'node' }, async (tx) => {
    const unit = database.unit(tx);
    await keepOwn(unit, record, { officer: null, desks: ['direction'], at });
    const assents = { ourAssentAt: at, theirAssentAt: at, endedAt: null, endedBy: null };
    await unit.putAgreement({ ...terms, ...assents, record: record.id, hash: record.hash, revision: 1, partner });
  });
}

/** How far the releases made since `since` are. */
export function confirmedThrough(database: Database, since: number): Promise<Omit<Progress, 'sentBytes'>> {
  return database.asActor({ kind: 'node' }, async (tx) => {
    const { waiting } = await tx
      .selectFrom('release')
      .select(({ fn }) => fn.countAll<string>().as('waiting'))
      .where('delivered_at', 'is', null)
      .executeTakeFirstOrThrow();
    // Asked many times while all is under way: it must not cost what it measures
    if (waiting !== '0') return { waiting: Number(waiting), receipts: [] };
    const rows = await tx
      .selectFrom('release')
      .select(['released_at', 'delivered_at'])
      .where('released_at', '>=', new Date(since))
      .execute();
    const receipts = rows.flatMap(({ released_at, delivered_at }) =>
      delivered_at ? [delivered_at.getTime() - released_at.getTime()] : [],
    );
    return { waiting: 0, receipts };
  });
}
