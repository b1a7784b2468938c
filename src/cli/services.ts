/** From what a person types (a code, a fingerprint, a name) to the partner that is meant. */
import type { Client } from '#src/features/client.ts';
import type { PartnerView } from '#src/features/partners/contract.ts';
import { UsageError } from './command.ts';
import type { Say } from './messages.ts';

export async function partnersCalled(client: Client, words: readonly string[], say: Say): Promise<PartnerView[]> {
  const partners = await client.listPartners();
  return words.map((word) => {
    const found = partners.find(({ service }) => answersTo(service, word));
    if (found) return found;
    const known = partners.map((partner) => partner.service.code).join(', ') || '—';
    throw new UsageError(say('usage.unknown-service', { service: word, known }));
  });
}

export async function partnerCalled(client: Client, word: string, say: Say): Promise<PartnerView> {
  const [partner] = await partnersCalled(client, [word], say);
  if (!partner) throw new Error('one word names one partner');
  return partner;
}

function answersTo(service: PartnerView['service'], word: string): boolean {
  const names = [service.id, service.code, ...Object.values(service.names)];
  return names.some((name) => name === word || name.toLowerCase() === word.toLowerCase());
}
