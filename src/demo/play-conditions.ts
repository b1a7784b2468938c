/** Permissions, onward sharing, corrections and questions of the story, through the same API as the screens. */
import type { Client } from '#src/features/client.ts';
import { partnerOf } from './set-up-services.ts';
import type { Stage } from './stage.ts';
import type { ConditionScene, RequestScene } from './story/scene.ts';
import { officerOf, type ServiceCode } from './story/services.ts';
import { correctionInput, dayAfter, requestInput } from './story-inputs.ts';
import { until } from './until.ts';

/** Ids of what the story has made so far, by key. */
export type Made = Map<string, string>;

export function seatOf(stage: Stage, { service, role }: Pick<ConditionScene, 'service' | 'role'>): Client {
  return stage.seat(service, officerOf(service, role).login);
}

export function idOf(made: Made, key: string): string {
  const id = made.get(key);
  if (id === undefined) throw new Error(`the story speaks of ${key} before it was made`);
  return id;
}
const serviceId = async (stage: Stage, from: ServiceCode, code: ServiceCode) =>
  (await partnerOf(stage, from, code)).service.id;

export async function playCondition(stage: Stage, scene: ConditionScene, at: Date, made: Made): Promise<void> {
  const { report, service } = scene;
  const client = seatOf(stage, scene);
  const params = { id: idOf(made, report.key) };
  const once = { idempotencyKey: `story ${scene.act} ${service} ${report.key}` };
  switch (scene.act) {
    case 'ask-permission': {
      const onwardTo = scene.onwardTo === undefined ? null : await serviceId(stage, service, scene.onwardTo);
      const portions = scene.portions === undefined ? null : [...scene.portions];
      const body = { use: scene.use, onwardTo, purpose: null, portions, reason: scene.reason, until: null };
      await client.askPermission({ params, body }, once);
      const origin = stage.seat(report.from, officerOf(report.from, 'director').login);
      await until(async () => ((await asked(origin, params.id, service)) ? true : undefined));
      return;
    }
    case 'decide-permission': {
      const request = await asked(client, params.id, scene.of);
      if (!request) throw new Error(`${scene.of} has not asked for a permission on ${report.key}`);
      const { decision } = scene;
      const body =
        decision.decision === 'refused'
          ? decision
          : {
              decision: decision.decision,
              portions: decision.portions === null ? null : [...decision.portions],
              validUntil: dayAfter(at, decision.validForDays),
              conditions: decision.conditions,
            };
      await client.decidePermission(
        { params: { id: request }, body },
        { idempotencyKey: `${once.idempotencyKey} ${scene.of}` },
      );
      const asker = stage.seat(scene.of, officerOf(scene.of, 'liaison').login);
      await until(async () => ((await asked(asker, params.id, scene.of)) ? undefined : true));
      return;
    }
    case 'pass-on': {
      await client.releaseRecord({ params, body: { recipients: [await serviceId(stage, service, scene.to)] } }, once);
      const recipient = stage.seat(scene.to, officerOf(scene.to, 'liaison').login);
      await until(async () => {
        const { items } = await recipient.listInbox({ query: { view: 'arrived', limit: 200 } });
        return items.some(({ record }) => record === params.id) ? true : undefined;
      });
      return;
    }
    case 'use': {
      const body = { use: 'judicial', reference: scene.reference, stage: scene.stage, purpose: null } as const;
      await client.recordUse({ params, body }, once);
      return;
    }
    case 'correct': {
      const record = await client.getRecord({ params });
      const { correction } = await client.revise({ params, body: correctionInput(scene, record, at) }, once);
      made.set(`correction of ${report.key}`, correction);
      const board = async () => (await client.listCorrections({ params }))[0]?.board ?? [];
      await until(async () => ((await board()).every(({ deliveredAt }) => deliveredAt !== null) ? true : undefined));
      return;
    }
    case 'answer-correction': {
      const correction = idOf(made, `correction of ${report.key}`);
      await client.answerCorrection({ params: { id: correction }, body: scene.answer }, once);
      const origin = stage.seat(report.from, officerOf(report.from, 'liaison').login);
      await until(async () => {
        const board = (await origin.listCorrections({ params }))[0]?.board;
        return board?.some((line) => line.service.code === service && line.answer !== null) ? true : undefined;
      });
      return;
    }
    default:
      throw new Error(`no such act: ${scene satisfies never}`);
  }
}

/** The request of this service that waits for a decision; undefined where there is none. */
async function asked(client: Client, record: string, by: ServiceCode): Promise<string | undefined> {
  const permissions = await client.listPermissions({ params: { id: record } });
  const open = permissions.find(({ state, grantee }) => state === 'asked' && grantee.code === by);
  return open?.request ?? undefined;
}

export async function playRequest(stage: Stage, scene: RequestScene, at: Date, made: Made): Promise<void> {
  const { request, service } = scene;
  const client = seatOf(stage, scene);
  const once = { idempotencyKey: `story ${scene.act} ${request.key}` };
  if (scene.act === 'ask') {
    const recipients = await Promise.all(request.to.map((code) => serviceId(stage, service, code)));
    const { record } = await client.createRequest({ body: requestInput(request, recipients, at) }, once);
    made.set(request.key, record);
    for (const code of request.to) {
      const asked = stage.seat(code, officerOf(code, 'liaison').login);
      await until(async () => ((await openRequests(asked, 'to-us')).includes(record) ? true : undefined));
    }
    return;
  }
  const id = idOf(made, request.key);
  const { answer, grading, text, restWithinDays } = scene;
  const body = { answer, grading, text, nature: 'fact' as const, restBy: dayAfter(at, restWithinDays), marking: null };
  await client.answerRequest({ params: { id }, body }, once);
  const asker = stage.seat(request.from, officerOf(request.from, 'liaison').login);
  await until(async () => {
    const { lines } = await asker.getRequest({ params: { id } });
    return lines.some((line) => line.service.code === service && line.answers.length > 0) ? true : undefined;
  });
}

async function openRequests(client: Client, direction: 'to-us' | 'ours'): Promise<string[]> {
  return (await client.listRequests({ query: { direction, state: 'open' } })).items.map(({ record }) => record);
}
