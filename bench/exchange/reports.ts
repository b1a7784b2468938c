/** Reports as services write them: four portions of some three hundred characters, graded, under H1 and H2. */
import type { Signing } from '#src/engine/deps.ts';
import { issue, keepOwn } from '#src/engine/issue.ts';
import { releaseTo } from '#src/engine/release.ts';
import type { ServiceCard } from '#src/engine/service-card.ts';
import { dayOf, daysAfter } from '#src/engine/today.ts';
import type { Store } from '#src/ports/store.ts';
import type { Marking } from '#src/protocol/marking/marking.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { recordIdOf } from '#src/protocol/record/record-id.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import type { Reply } from './orders.ts';

/** Commits are shared by this many, so that queueing is not what is measured. */
const perUnit = 100;

export async function queueReports(
  store: Store,
  partner: ServiceCard,
  records: number,
  signing: Signing,
): Promise<Reply> {
  const self = signing.keyring.identity.service;
  let recordBytes = 0;
  for (let made = 0; made < records; made += perUnit) {
    const batch: VerifiedRecord[] = [];
    for (let nth = made; nth < Math.min(records, made + perUnit); nth++) batch.push(await report(nth, signing));
    recordBytes = serialiseRecord(batch[0] as VerifiedRecord).length;
    await store.unit(async (unit) => {
      for (const record of batch) {
        const at = Date.now();
        await keepOwn(unit, record, { officer: null, desks: ['liaison'], at });
        await releaseTo(unit, record, [partner.service], { officer: null, at, self, randomBytes: signing.randomBytes });
      }
    });
  }
  return { recordBytes };
}

async function report(nth: number, signing: Signing): Promise<VerifiedRecord> {
  const at = Date.now();
  const self = signing.keyring.identity.service;
  const marking: Marking = {
    level: 2,
    compartments: [],
    handling: [
      { code: 'H1', originator: self },
      { code: 'H2', originator: self },
    ],
    releasableTo: 'any',
  };
  const record = await issue(
    {
      id: recordIdOf(self, at, signing.randomBytes(4), signing.primitives),
      kind: 'report',
      revision: 1,
      previous: null,
      status: 'active',
      origin: self,
      language: 'fr',
      createdAt: Math.floor(at / 1_000),
      purpose: 'terrorism-prevention',
      legalBasis: 'Code de la sécurité, article 12',
      reviewBy: daysAfter(dayOf(at), 365),
      grading: { source: 'B', information: '2' },
      marking,
      title: `Signalement numéro ${nth}`,
      desk: 'liaison',
      portions: [1, 2, 3, 4].map((portion) => ({
        text: `Portion ${portion} du signalement ${nth}. ${'Le véhicule a été vu trois fois près du dépôt, toujours avant le lever du jour. '.repeat(4)}`,
        nature: 'fact' as const,
        marking,
      })),
      body: { reportType: 'information', urgency: 'routine' },
      cites: [],
      links: [],
    },
    signing,
  );
  if (isRefusal(record)) throw new Error(record.code);
  return record;
}
