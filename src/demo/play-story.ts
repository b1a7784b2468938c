/** Plays the story through the nodes' own API and links; the clock is moved so that weeks pass in seconds. */
import type { Client } from '#src/features/client.ts';
import { idOf, type Made, playCondition, playRequest, seatOf } from './play-conditions.ts';
import { assent, meet, partnerOf, propose, setUpService } from './set-up-services.ts';
import type { Stage } from './stage.ts';
import { agreements } from './story/agreements.ts';
import type { Moment, ReportScene, Scene } from './story/scene.ts';
import { scenes, trust } from './story/scenes.ts';
import { officerOf, type ServiceCode, services } from './story/services.ts';
import { reportInput } from './story-inputs.ts';
import { until } from './until.ts';

export type Step =
  | { readonly step: 'services' | 'cards' | 'agreements'; readonly at: Date }
  | { readonly scene: Scene; readonly at: Date };

/** `startedAt` is the day from which the story counts back. Ends with the nodes at real time. */
export async function playStory(stage: Stage, startedAt: Date, tell: (step: Step) => void): Promise<void> {
  const goTo = async (moment: Moment): Promise<Date> => {
    const at = momentBefore(startedAt, moment);
    await stage.setTime(at);
    return at;
  };
  tell({ step: 'services', at: await goTo(trust.setUp) });
  await Promise.all(services.map((service) => setUpService(stage, service)));
  tell({ step: 'cards', at: await goTo(trust.cards) });
  await meet(stage);
  const proposedAt = await goTo(trust.proposals);
  tell({ step: 'agreements', at: proposedAt });
  for (const agreement of agreements) await propose(stage, agreement, proposedAt);
  await goTo(trust.assents);
  for (const agreement of agreements) await assent(stage, agreement);
  await Promise.all(services.map(({ code }) => readAllThatArrived(stage, code)));

  const made: Made = new Map();
  for (const scene of scenes) {
    const at = await goTo(scene.at);
    tell({ scene, at });
    await play(stage, scene, at, made);
  }
  await stage.setTime(null);
}

/** The agreements and assents are read in both offices that work under them. */
async function readAllThatArrived(stage: Stage, service: ServiceCode): Promise<void> {
  for (const role of ['liaison', 'director'] as const) {
    const client = stage.seat(service, officerOf(service, role).login);
    const { items } = await client.listInbox({ query: { view: 'arrived', limit: 200 } });
    for (const { record } of items) await client.getRecord({ params: { id: record } });
  }
}

/** Never after the moment at which the demo is started. */
export function momentBefore(startedAt: Date, { daysAgo, time }: Moment): Date {
  const day = new Date(startedAt.getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10);
  return new Date(`${day}T${time}:00.000Z`);
}

function play(stage: Stage, scene: Scene, at: Date, made: Made): Promise<void> {
  if ('request' in scene) return playRequest(stage, scene, at, made);
  switch (scene.act) {
    case 'give':
    case 'read':
    case 'read-answers':
    case 'assign':
    case 'decide':
    case 'report-outcome':
      return playReport(stage, scene, at, made);
    default:
      return playCondition(stage, scene, at, made);
  }
}

async function playReport(stage: Stage, scene: ReportScene, at: Date, made: Made): Promise<void> {
  const { service, report } = scene;
  const client = seatOf(stage, scene);
  // A node that died in the middle gives its first answer again.
  const once = { idempotencyKey: `story ${scene.act} ${report.key}` };
  if (scene.act === 'give') {
    const idsOf = (codes: readonly ServiceCode[]) =>
      Promise.all(codes.map(async (code) => (await partnerOf(stage, service, code)).service.id));
    const recipients = await idsOf(report.to);
    const releasableTo = await idsOf([...report.to, ...(report.alsoReleasableTo ?? [])]);
    const cites = (report.drawsOn ?? []).map(({ key }) => idOf(made, key));
    const body = reportInput(report, recipients, releasableTo, at, cites);
    const { record } = await client.createReport({ body }, once);
    made.set(report.key, record);
    await reached(stage, scene, record, ['delivered', 'refused']);
    return;
  }
  const id = idOf(made, report.key);
  const params = { id };
  switch (scene.act) {
    case 'read':
      await client.getRecord({ params });
      // Whoever has it through another is not on the sender's board of deliveries.
      if (report.to.includes(service)) await reached(stage, scene, id, ['read']);
      return;
    case 'read-answers': {
      const answers = (await client.getRecord({ params })).links.filter((link) => link.direction === 'in');
      for (const answer of answers) await client.getRecord({ params: { id: answer.record.record } });
      return;
    }
    case 'assign':
      await client.assignDesk({ params, body: { desk: scene.desk, reason: scene.reason } });
      return;
    case 'decide': {
      const { decision, reason, assignTo } = scene;
      const body = {
        decision,
        ...(reason === undefined ? {} : { reason }),
        ...(assignTo === undefined ? {} : { assignTo }),
      };
      await client.decide({ params, body }, once);
      await reached(stage, scene, id, ['decided']);
      return;
    }
    case 'report-outcome':
      await client.getRecord({ params });
      await client.reportOutcome({ params, body: { results: scene.results, text: scene.text, nature: 'fact' } }, once);
      await reached(stage, scene, id, ['outcome']);
      return;
    default:
      throw new Error(`no such act: ${scene satisfies never}`);
  }
}

/** The sender's own board shows it: the step has travelled back over the link. */
async function reached(stage: Stage, { report }: ReportScene, record: string, steps: readonly string[]): Promise<void> {
  const sender = stage.seat(report.from, officerOf(report.from, 'liaison').login);
  await until(async () =>
    (await furthestSteps(sender, record)).every((step) => steps.includes(step)) ? true : undefined,
  );
}

async function furthestSteps(sender: Client, record: string): Promise<string[]> {
  const { items } = await sender.listInbox({ query: { view: 'sent', limit: 200 } });
  const deliveries = items.find((item) => item.record === record)?.deliveries;
  return deliveries && deliveries.length > 0 ? deliveries.map((delivery) => delivery.step) : ['not listed'];
}
