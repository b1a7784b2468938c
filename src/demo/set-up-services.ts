/** Before the story: each service is set up, its officers created, cards exchanged, fingerprints compared, agreements signed. */
import { RefusedByNode } from '#src/features/client.ts';
import type { PartnerView } from '#src/features/partners/contract.ts';
import type { RefusalCode } from '#src/protocol/refusal.ts';
import { demoPassphrase } from './passphrase.ts';
import type { Stage } from './stage.ts';
import type { StoryAgreement } from './story/agreements.ts';
import { officerOf, type ServiceCode, type StoryService, serviceCodes } from './story/services.ts';
import { until } from './until.ts';

/** Each step may be repeated: a node that died in the middle may or may not have done it. */
export async function setUpService(stage: Stage, service: StoryService): Promise<void> {
  const administrator = officerOf(service.code, 'administrator');
  await unlessRefused('set-up-already-done', () =>
    stage.door(service.code).setUp({
      body: {
        code: service.code,
        names: service.names,
        url: stage.url(service.code),
        administrator: {
          login: administrator.login,
          displayName: administrator.displayName,
          passphrase: demoPassphrase(service.code, administrator.login),
          language: service.language,
        },
      },
    }),
  );
  const client = stage.seat(service.code, administrator.login);
  for (const officer of service.officers) {
    if (officer === administrator) continue;
    const { login, displayName, role, clearance, desks } = officer;
    await unlessRefused('login-taken', () =>
      client.createOfficer({
        body: {
          login,
          displayName,
          role,
          clearance,
          desks: [...desks],
          compartments: [],
          language: service.language,
          passphrase: demoPassphrase(service.code, login),
        },
      }),
    );
  }
}

/** Cards go both ways, then the liaison officers read each other their fingerprints by voice. */
export async function meet(stage: Stage): Promise<void> {
  for (const one of serviceCodes) {
    for (const other of serviceCodes) {
      if (one === other) continue;
      const { card, service, spoken } = await stage.seat(other, officerOf(other, 'administrator').login).ownCard();
      await stage.seat(one, officerOf(one, 'administrator').login).addPartner({ body: { card } });
      const liaison = stage.seat(one, officerOf(one, 'liaison').login);
      await liaison.confirmPartner({ params: { id: service.id }, body: { spoken } });
    }
  }
}

export async function propose(stage: Stage, agreement: StoryAgreement, today: Date): Promise<void> {
  const director = stage.seat(agreement.proposer, officerOf(agreement.proposer, 'director').login);
  const partner = await partnerOf(stage, agreement.proposer, agreement.partner);
  // A node that died after keeping it has it already.
  if (partner.agreements.length > 0) return;
  const { title, language, text, ceiling, purposes, validForDays, oversightIncluded, legalBasis } = agreement;
  await director.proposeAgreement({
    params: { id: partner.service.id },
    body: {
      title,
      language,
      text,
      ceiling,
      compartments: [],
      purposes: [...purposes],
      validFrom: dayOf(today),
      validUntil: dayOf(new Date(today.getTime() + validForDays * 86_400_000)),
      oversightIncluded,
      legalBasis,
    },
  });
}

/** The other director assents once the agreement has arrived, and both nodes then hold it to be in force. */
export async function assent(stage: Stage, { proposer, partner }: StoryAgreement): Promise<void> {
  const director = stage.seat(partner, officerOf(partner, 'director').login);
  const arrived = await until(async () => (await partnerOf(stage, partner, proposer)).agreements[0]);
  await director.assentAgreement({ params: { id: arrived.record }, body: { hash: arrived.hash } });
  await until(async () => {
    const [ours, theirs] = await Promise.all([
      partnerOf(stage, partner, proposer),
      partnerOf(stage, proposer, partner),
    ]);
    return ours.agreements[0]?.inForce && theirs.agreements[0]?.inForce ? true : undefined;
  });
}

export async function partnerOf(stage: Stage, service: ServiceCode, partner: ServiceCode): Promise<PartnerView> {
  const partners = await stage.seat(service, officerOf(service, 'director').login).listPartners();
  const found = partners.find((one) => one.service.code === partner);
  if (!found) throw new Error(`${service} does not know ${partner}`);
  return found;
}

async function unlessRefused(code: RefusalCode, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof RefusedByNode && error.refusal.code === code)) throw error;
  }
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
