import type { Staff } from './service.ts';

/** Cards exchanged, fingerprints compared, an agreement in force on both sides. */
export async function befriend(one: Staff, other: Staff, ceiling = 2): Promise<{ one: string; other: string }> {
  const [oneId, otherId] = [await introduce(other, one), await introduce(one, other)];
  const director = await one.as('director');
  const otherDirector = await other.as('director');
  await director.proposeAgreement({
    params: { id: otherId },
    body: {
      title: 'Accord de coopération',
      language: 'fr',
      text: 'Les deux services coopèrent.',
      ceiling,
      compartments: ['orion'],
      purposes: ['terrorism-prevention'],
      validFrom: '2020-01-01',
      validUntil: '2090-01-01',
      oversightIncluded: false,
      legalBasis: 'Article 1',
    },
  });
  const due = await until(async () => {
    const { items } = await otherDirector.listInbox({ query: { view: 'waiting' } });
    return items.find(({ reason }) => reason === 'assent-due');
  });
  const { hash } = await otherDirector.getRecord({ params: { id: due.record } });
  await otherDirector.assentAgreement({ params: { id: due.record }, body: { hash } });
  await until(async () => {
    const { agreements } = await director.getPartner({ params: { id: otherId } });
    return agreements[0]?.inForce ? true : undefined;
  });
  return { one: oneId, other: otherId };
}

/** `to` comes to know `whom`; returns its identity. */
async function introduce(to: Staff, whom: Staff): Promise<string> {
  const { card, spoken, service } = await (await whom.as('root')).ownCard();
  await (await to.as('root')).addPartner({ body: { card } });
  await (await to.as('liaison')).confirmPartner({ params: { id: service.id }, body: { spoken } });
  return service.id;
}

export async function until<T>(ask: () => Promise<T | undefined>, withinMs = 30_000): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error('it did not come about');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
