/** ADM-2: the earliest and the latest, the least and the most that a partner can write, through every list and page. */

import type { TSchema } from 'typebox';
import { Check } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api } from '#src/features/api.ts';
import type { Route } from '#src/features/contract.ts';
import { kinds } from '#src/kinds/index.ts';
import type { Body, Kind } from '#src/kinds/kind.ts';
import { Bytes32, Day, RecordId, SecondInUtc } from '#src/kinds/schema.ts';
import { dateLimits } from '#src/protocol/calendar.ts';
import type { Json } from '#src/protocol/primitives.ts';
import type { RecordDraft, RecordLink, VerifiedRecord } from '#src/protocol/record/record.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import { type HandMade, startWithHandMadePartner } from './hand-made-partner.ts';
import { reportInput } from './service.ts';
import { until } from './trust.ts';

let made: HandMade;
/** A report of ours that the partner holds: what its extremes speak of. */
let own: RecordLink;
/** A report of the partner’s: what it corrects and permits. */
let theirs: RecordLink;
const sent: VerifiedRecord[] = [];
const codes: (string | null)[] = [];

beforeAll(async () => {
  made = await startWithHandMadePartner('extreme');
  const { service, peer } = made;
  const author = await service.as('liaison');
  const { record, hash } = await author.createReport({
    body: reportInput({ recipients: [peer.keyring.identity.service] }),
  });
  await until(async () => (peer.received.some(({ message }) => message.type === 'record') ? true : undefined));
  own = { type: 'about', origin: peer.node.service, record, revision: 1, hash };
  const report = await peer.record();
  theirs = { type: 'about', origin: report.origin, record: report.id, revision: 1, hash: report.hash };
  await peer.outcomes([{ type: 'record', sdJwt: serialiseRecord(report) }]);
  // A service card is keys and names: nothing in it has an edge but their lengths.
  for (const kind of [...kinds.values()].filter(({ name }) => name !== 'service')) {
    for (const end of ['least', 'most'] as const) {
      for (const createdAt of [0, Math.floor(Date.now() / 1_000), dateLimits.lastSecond]) {
        sent.push(await extremeRecord(kind, end, createdAt));
      }
    }
  }
  const messages = sent.map((sdJwt): Json => ({ type: 'record', sdJwt: serialiseRecord(sdJwt) }));
  const notices = [0, dateLimits.lastSecond * 1_000 + 999].map(
    (readAt): Json => ({ type: 'read-notice', record: hash, readAt }),
  );
  codes.push(...(await peer.outcomes([...messages, ...notices])));
});
afterAll(() => made?.stop());

async function extremeRecord(kind: Kind, end: End, createdAt: number): Promise<VerifiedRecord> {
  const year = new Date(createdAt * 1_000).toISOString().slice(0, 10);
  const reviewBy = end === 'most' && createdAt < dateLimits.lastSecond ? `${Number(year.slice(0, 4)) + 2}-12-31` : year;
  const marking = { level: 0, compartments: [], handling: [], releasableTo: 'any' } as const;
  const portions = Array.from({ length: Math.max(kind.portionsMin, 1) }, () => ({
    text: 'x',
    nature: 'fact' as const,
    marking,
  }));
  const titles = kind.nothingElse?.titles;
  const draft: Partial<RecordDraft> = {
    kind: kind.name,
    createdAt,
    reviewBy,
    title: Array.isArray(titles) ? (titles[0] ?? 'x') : 'x'.repeat(end === 'least' ? 1 : 300),
    marking,
    portions: kind.portionsMin === 0 ? [] : portions,
    body: extremeBody(kind, end),
    links: kind.requires.map((type) => ({ ...(kind.byRelay === 'to-holders' ? theirs : own), type })),
  };
  return made.peer.record(draft);
}

type End = 'least' | 'most';
interface Shape extends TSchema {
  readonly type?: string;
  readonly const?: Json;
  readonly anyOf?: readonly Shape[];
  readonly properties?: { readonly [field: string]: Shape };
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly pattern?: string;
  readonly patternProperties?: object;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The least or the most that the kind's schema allows, and its own rule lets stand together. */
function extremeBody(kind: Kind, end: End): Body {
  const body = extreme(kind.body as Shape, end) as { [field: string]: Json };
  const { properties = {}, required = [] } = kind.body as Shape;
  for (let tries = 0; tries < 40; tries++) {
    const at = kind.problem(body);
    if (at === null) return body;
    const [, field = ''] = at.split('/');
    if (field === 'parties') body[field] = [own.origin, made.peer.keyring.identity.service].sort();
    else if (Object.hasOwn(body, field) && !required.includes(field)) delete body[field];
    else if (Object.hasOwn(properties, field)) body[field] = extreme(properties[field] as Shape, end, tries);
    else {
      // A field that the others do not allow is named by none: the optional ones go, one after the other
      const spare = Object.keys(body).find((name) => !required.includes(name));
      if (spare !== undefined) delete body[spare];
    }
  }
  throw new Error(`no body of ${kind.name} is both ${end} and valid: ${kind.problem(body)} in ${JSON.stringify(body)}`);
}

/** @param turn which of several forms is tried, counted from the first or the last. */
function extreme(shape: Shape, end: End, turn = 0): Json {
  const pick = <T>(least: T, most: T): T => (end === 'least' ? least : most);
  if (shape.const !== undefined) return shape.const;
  if (shape.anyOf) {
    const { length } = shape.anyOf;
    return extreme(shape.anyOf[(pick(0, length - 1) + turn) % length] as Shape, end, turn);
  }
  if (shape.pattern === (Day as Shape).pattern) return pick(dateLimits.firstDay, dateLimits.lastDay);
  if (shape.pattern === (SecondInUtc as Shape).pattern) {
    return pick(`${dateLimits.firstDay}T00:00:00Z`, `${dateLimits.lastDay}T23:59:59Z`);
  }
  if (shape.pattern === (Bytes32 as Shape).pattern) return own.hash;
  if (shape.pattern === (RecordId as Shape).pattern) return own.record;
  switch (shape.type) {
    case 'string':
      return 'x'.repeat(pick(Math.max(1, shape.minLength ?? 0), Math.min(shape.maxLength ?? 50, 50_000)));
    case 'integer':
      return pick(shape.minimum ?? 0, shape.maximum ?? 0);
    case 'boolean':
      return end === 'most';
    case 'null':
      return null;
    case 'array': {
      // Of values that must differ one is enough: how many may stand there is another limit
      const count = Math.max(shape.minItems ?? 0, pick(0, 1));
      return Array.from({ length: count }, () => extreme(shape.items as Shape, end, turn));
    }
    default: {
      const fields = Object.entries(shape.properties ?? {});
      const given = fields.filter(([field]) => end === 'most' || shape.required?.includes(field));
      return Object.fromEntries(given.map(([field, of]) => [field, extreme(of, end, turn)]));
    }
  }
}

/** Every GET that needs no more than a record, a partner or nothing, with every choice of its query. */
function requests(): { name: string; route: Route; path: string }[] {
  const ids = [own.record, ...sent.map(({ id }) => id)];
  return Object.entries(api as { readonly [name: string]: Route }).flatMap(([name, route]) => {
    if (route.method !== 'GET' || route.path.includes('/live') || !('reply' in route)) return [];
    const isPartner = route.path.includes('/partners/');
    const params = route.path.includes(':id') ? (isPartner ? [made.peer.keyring.identity.service] : ids) : [''];
    return params.flatMap((id) =>
      queries((route as { query?: Shape }).query).map((query) => ({
        name,
        route,
        path: `${route.path.replace(':id', id)}${query}`,
      })),
    );
  });
}

function queries(shape: Shape | undefined): string[] {
  let all = [new URLSearchParams()];
  for (const [field, of] of Object.entries(shape?.properties ?? {})) {
    const choices = of.anyOf?.map(({ const: value }) => String(value)) ?? [];
    if (!shape?.required?.includes(field) || choices.length === 0) continue;
    all = all.flatMap((before) => choices.map((value) => new URLSearchParams([...before, [field, value]])));
  }
  return all.map((query) => (query.size === 0 ? '' : `?${query}`));
}

describe('[ADM-2] what is at the edge of what may be written', () => {
  test('is taken, or refused by a code of its own', () => {
    expect(codes).not.toContain('message-not-taken');
    const taken = sent.filter((_, place) => codes[place] === null).map(({ kind }) => kind);
    for (const kind of ['report', 'request', 'outcome', 'answer', 'agreement', 'permission-request'])
      expect(taken).toContain(kind);
  });

  test.each(['liaison', 'director'])('breaks no list and no page of the %s', async (login) => {
    const token = await made.service.token(login);
    const all = requests();
    const answered = new Set<string>();
    for (const { name, route, path } of all) {
      const response = await fetch(new URL(path, made.service.url), { headers: { authorization: `Bearer ${token}` } });
      expect(response.status, path).toBeLessThan(500);
      const body: unknown = await response.json();
      if (response.status !== 200) continue;
      answered.add(name);
      expect(Check((route as { reply: TSchema }).reply, body), path).toBe(true);
    }
    for (const name of ['listInbox', 'listRequests', 'getRecord', 'getRequest', 'getSources', 'getRecordJournal']) {
      expect(answered).toContain(name);
    }
  });
});
