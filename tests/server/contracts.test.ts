/** Every operation of the API, by every role: who may not is refused and nothing is written; who may leaves exactly these lines, once. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Api, api } from '#src/features/api.ts';
import { createClient, NodeUnreachable, type RefusedByNode } from '#src/features/client.ts';
import type { Route } from '#src/features/contract.ts';
import { type RecordAct, recordActs } from '#src/features/record-acts.ts';
import type { OfficerRole } from '#src/ports/tables.ts';
import { type BrokenStore, breakableStore } from './broken-store.ts';
import {
  asking,
  atlas,
  citing,
  day,
  decided,
  examples,
  ids,
  nobody,
  ownerUrl,
  permissionAsked,
  portion,
  seat,
  setUpServices,
  theirSeat,
  why,
  withoutServer,
} from './examples.ts';
import { rights } from './operations.ts';
import { problem, reportInput, withToken } from './service.ts';
import { journalAfter, recordsOfEachKind, rowsOfEachTable } from './tables.ts';

setUpServices();
const tokens = new Map<string, string>();
beforeAll(async () => {
  if (withoutServer) return;
  for (const role of roles) tokens.set(role, await atlas.token(loginOf[role]));
});

const loginOf: { readonly [R in OfficerRole]: string } = {
  liaison: 'liaison',
  analyst: 'analyst',
  'case-officer': 'case-officer',
  director: 'director',
  oversight: 'oversight',
  administrator: 'root',
};
const roles = Object.keys(loginOf) as OfficerRole[];
type Operation = keyof Api;
const operations = Object.entries(api) as [Operation, Route][];

/** As the route would be asked for with nothing that is there. */
async function emptyHanded(route: Route, role: OfficerRole): Promise<Response> {
  const path = route.path.replace(':id', route.path.includes('/partners/') ? nobody : randomUUID());
  const headers = { authorization: `Bearer ${tokens.get(role)}`, 'content-type': 'application/json' };
  const body = route.method === 'GET' || route.method === 'DELETE' ? {} : { body: '{}' };
  return fetch(atlas.url + path, { method: route.method, headers, ...body });
}

describe.skipIf(withoutServer)('[ACC-22] an operation of the API', () => {
  test('stands in the table of rights, and is open or asks for a session', () => {
    const open = operations.filter(([, route]) => route.open).map(([name]) => name);
    expect(Object.keys(rights).sort()).toEqual(Object.keys(api).sort());
    expect(open.sort()).toEqual(
      Object.entries(rights)
        .flatMap(([name, who]) => (who === 'open' ? [name] : []))
        .sort(),
    );
  });

  test('is refused to every role that may not, before it is looked at, and nothing is written', async () => {
    const before = await rowsOfEachTable(ownerUrl);
    let refused = 0;
    for (const [name, route] of operations) {
      for (const role of roles.filter((one) => rights[name] !== 'open' && !rights[name].includes(one))) {
        const answer = await problem(await emptyHanded(route, role));
        expect(answer, `${name} by ${role}`).toMatchObject({ status: 403, code: 'not-allowed' });
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(140);
    expect(await rowsOfEachTable(ownerUrl)).toEqual(before);
  });

  test('is not refused to a role that may', async () => {
    const others = operations.filter(
      ([name]) => rights[name] !== 'open' && name !== 'signOut' && name !== 'makeRecoveryKey',
    );
    for (const [name, route] of others) {
      for (const role of roles.filter((one) => rights[name].includes(one))) {
        const answer = (await (await emptyHanded(route, role)).json()) as { code?: string };
        expect(answer.code, `${name} by ${role}`).not.toBe('not-allowed');
      }
    }
  });
});

/** Operations that are not acts of one officer on what stands here, each with what else proves it. */
const apart: { readonly [O in Operation]?: string } = {
  signIn: 'session.test.ts',
  signOut: 'session.test.ts: ends the session that it is asked with',
  chooseLanguage: 'sets what it says, however often',
  changePassphrase: 'own-account.test.ts',
  endSession: 'own-account.test.ts',
  setUp: 'session.test.ts: works once',
  demoSignIn: 'demo alone',
  demoSetClock: 'demo alone',
  saveDraft: 'the version that was read: a second one is an edit conflict',
  deleteDraft: 'what is gone is gone, however often',
  previewRelease: 'undone',
  previewRecordRelease: 'undone',
  previewInheritance: 'reads',
  exportBundle: 'can be asked for again: cli/bundle.test.ts',
  importBundle: 'known batches take effect once: cli/bundle.test.ts',
  makeRecoveryKey: 'its secret is told once and kept nowhere',
  resumeLink: 'clone.test.ts',
  goOnAfterRestore: 'restore.test.ts',
};

describe.skipIf(withoutServer)('[EXC-2] [JRN-1] an act of an officer', () => {
  let store: BrokenStore;
  beforeAll(async () => {
    store = await breakableStore(ownerUrl);
  });
  afterAll(() => store.close());

  test('has an example, or a reason why not', () => {
    const writing = operations.filter(([, { method }]) => method !== 'GET').map(([name]) => name);
    expect([...Object.keys(examples), ...Object.keys(apart)].sort()).toEqual(writing.sort());
  });

  test.each(Object.entries(examples))(
    '%s takes effect once, wherever the store breaks before, and leaves exactly its lines',
    async (name, example) => {
      const { by = 'liaison', make, lines, passing = '' } = example;
      const client = (await seat(by)) as unknown as { [operation: string]: (...given: unknown[]) => Promise<object> };
      const me = (await (await seat(by)).me()).officer;
      const input = (await make()) as { params?: { id: string }; body?: object };
      const call = async (given: object, idempotencyKey: string) => client[name]?.(given, { idempotencyKey });
      const last = (await journalAfter(ownerUrl, 0)).at(-1)?.seq ?? 0;
      const mine = async () => (await journalAfter(ownerUrl, last)).filter(({ actor }) => actor === me);

      let writes = 0;
      let reply: { record?: string } | undefined;
      while (reply === undefined) {
        writes += 1;
        await store.failAt(me, name, writes);
        reply = await call(input, name).catch((thrown: unknown) => {
          if (!(thrown instanceof NodeUnreachable)) throw thrown;
          return undefined;
        });
        expect(await mine(), `after write ${writes}`).toHaveLength(reply === undefined ? 0 : lines.length);
      }
      await store.mend();
      // Its lines, what they speak of, and the reply that is kept for its key.
      expect(writes).toBeGreaterThan(lines.length + 1);
      const place = (record: string | null) =>
        record === null ? '-' : record === input.params?.id ? 'it' : record === reply?.record ? 'new' : 'other';
      const said = (await mine()).map(({ act, record }) => `${act} ${place(record)}`);
      expect(said).toEqual(lines);

      expect({ ...(await call(input, name)), [passing]: null }).toEqual({ ...reply, [passing]: null });
      expect(await mine()).toHaveLength(lines.length);
      const other =
        input.body === undefined ? { params: { id: randomUUID() } } : { ...input, body: changed(input.body) };
      const refusal = await call(other, name).then(
        () => 'not refused',
        (error: unknown) => (error as RefusedByNode).refusal?.code ?? String(error),
      );
      expect(refusal).toBe('idempotency-key-reused');
      expect(await mine()).toHaveLength(lines.length);
    },
  );
});

describe.skipIf(withoutServer)('[JRN-1] the journal', () => {
  test('has what the node does and what officers do besides, each with who did it', async () => {
    const root = await seat('root');
    const director = await seat('director');
    const wrong = { body: { login: 'liaison', passphrase: 'four other words together' } };
    await expect(createClient(atlas.url).signIn(wrong)).rejects.toThrow();
    const spoken = { params: { id: ids.other }, body: { spoken: '1 2 3' } };
    await expect(root.confirmPartner(spoken)).rejects.toMatchObject({ refusal: { code: 'fingerprint-mismatch' } });
    const refusing = { decision: 'refused', ground: 'ongoing-operation' } as const;
    await director.decidePermission({ params: { id: await permissionAsked() }, body: refusing });
    const { file } = await theirSeat('director').then((them) => them.exportBundle({ params: { id: ids.one } }));
    await director.importBundle({ body: { content: file.content } });
    await director.exportBundle({ params: { id: ids.other } });
    await withToken(atlas.url, await atlas.token('liaison')).signOut();
    const said = new Set((await journalAfter(ownerUrl, 0)).map(({ actorKind, act }) => `${actorKind} ${act}`));
    expect([...said]).toEqual(
      expect.arrayContaining([
        'node node.set-up',
        'node release.sent',
        'node release.delivered',
        'node record.admitted',
        'sign-in session.opened',
        'sign-in session.closed',
        'sign-in session.refused',
        'officer partner.mismatch',
        'officer permission.refused.judicial',
        'officer bundle.exported',
        'officer bundle.imported',
      ]),
    );
  });
});

/** The same request with one word changed; refused for its key before anybody looks at the word. */
function changed(body: object): object {
  const given = body as { readonly [field: string]: unknown };
  const others: readonly (readonly [field: string, other: unknown])[] = [
    ['title', 'Un autre titre'],
    ['explanation', 'Une autre explication.'],
    ['reason', 'Une autre raison.'],
    ['text', 'Un autre texte.'],
    ['reference', 'Un autre bulletin'],
    ['displayName', 'Une autre'],
    ['carrier', 'file'],
    ['recipients', [nobody]],
    ['validUntil', day(29)],
    ['assignTo', 'analysis'],
    ['hash', nobody],
    ['card', 'autre'],
    ['spoken', `${given['spoken']} `],
    ['marking', { level: 1, compartments: [], handling: [], releasableTo: null }],
    ['answer', 'erased'],
    ['ground', 'not-necessary'],
  ];
  const other = others.find(([field]) => field in given);
  if (other === undefined) throw new Error('no other word is known for this request');
  return { ...given, [other[0]]: other[1] };
}

/** How each act on a record is asked for, in a form that only the act itself can make wrong. */
const actRequests = (record: string): { readonly [A in RecordAct]: [Operation, object] } => ({
  decide: ['decide', { decision: 'act' }],
  'report-outcome': [
    'reportOutcome',
    { results: [{ result: 'none-yet', count: null }], text: 'Rien.', nature: 'fact' },
  ],
  assent: ['assentAgreement', { hash: 'A'.repeat(43) }],
  'end-agreement': ['endAgreement', { reason: 'Fin.' }],
  release: ['releaseRecord', { recipients: [ids.other] }],
  'assign-desk': ['assignDesk', { desk: 'judicial', reason: 'Une affaire.' }],
  'ask-permission': ['askPermission', asking],
  use: ['recordUse', { use: 'publication', reference: 'Bulletin', stage: null, purpose: null }],
  cite: ['createReport', reportInput({ cites: [record] })],
  correct: ['revise', { ...why, title: 'Corrigé', grading: null, portions: [portion] }],
  withdraw: ['withdraw', why],
  erase: ['erase', why],
  'answer-correction': ['answerCorrection', { answer: 'quarantined' }],
  'review-citation': ['reviewCitation', { cited: record, reason: 'Le reste suffit.' }],
});

describe.skipIf(withoutServer)('[ACC-22] an act on a record that is not listed', () => {
  test('is refused, by every role, on every kind in every state, and nothing is written', async () => {
    expect(Object.keys(actRequests('')).sort()).toEqual([...recordActs].sort());
    const decidedOn = { record: await decided(), is: 'their report, decided on' };
    const flagged = { record: (await citing()).record, is: 'own report, flagged' };
    const kinds = [...(await recordsOfEachKind(ownerUrl)), decidedOn, flagged];
    expect(kinds.length).toBeGreaterThan(15);
    const listed = new Set<string>();
    const logins = [...Object.values(loginOf), 'chief', 'elsewhere', 'junior', 'judicial'];
    const last = (await journalAfter(ownerUrl, 0)).at(-1)?.seq ?? 0;
    let refused = 0;
    for (const { record, is } of kinds) {
      for (const login of logins) {
        const client = await seat(login);
        const allowed = await client.getRecord({ params: { id: record } }).then(
          (view) => view.allowed,
          (): string[] => [],
        );
        for (const act of allowed) listed.add(act);
        for (const [act, [operation, body]] of Object.entries(actRequests(record))) {
          if ((allowed as string[]).includes(act)) continue;
          const path = api[operation].path.replace(':id', record);
          const answer = await problem(await asOfficer(login, path, body));
          expect(answer.status, `${act} by ${login} on ${is}`).toBeGreaterThanOrEqual(400);
          expect(answer.status, `${act} by ${login} on ${is}`).toBeLessThan(500);
          expect(answer.code, `${act} by ${login} on ${is}`).not.toBe('input-invalid');
          refused += 1;
        }
      }
    }
    expect(refused).toBeGreaterThan(1_500);
    expect([...listed].sort()).toEqual([...recordActs].filter((act) => act !== 'assent').sort());
    const said = (await journalAfter(ownerUrl, last)).filter(({ actorKind }) => actorKind === 'officer');
    const reading = ['record.read', 'record.read-to-resolve', 'session.opened'];
    expect(said.filter(({ act }) => !reading.includes(act))).toEqual([]);
  }, 240_000);
});

const sessions = new Map<string, Promise<string>>();
async function asOfficer(login: string, path: string, body: object): Promise<Response> {
  const token = sessions.get(login) ?? atlas.token(login);
  sessions.set(login, token);
  const headers = { authorization: `Bearer ${await token}`, 'content-type': 'application/json' };
  return fetch(atlas.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
}
