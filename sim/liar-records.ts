/** Lies that stand in records: each is signed by a service that may sign, and none may do harm. */
import { base64url } from '#src/protocol/encoding.ts';
import { letterInfo, letterOf, letterPlaintext } from '#src/protocol/exchange/letter.ts';
import type { Message } from '#src/protocol/exchange/message.ts';
import { keyIdOf } from '#src/protocol/fingerprint.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import type { RecordDraft } from '#src/protocol/record/record.ts';
import { recordIdEntropyBytes, recordIdOf } from '#src/protocol/record/record-id.ts';
import { isRefusal } from '#src/protocol/refusal.ts';
import type { AfterCommit } from './disk.ts';
import { misnamesInCorrection, revivesWithdrawn, takesBackBadly } from './liar-corrections.ts';
import { draftOf, type Lie, sendWhole, whole } from './lie.ts';
import type { SimNode } from './node.ts';
import type { Random } from './random.ts';
import { blank, issue } from './writing.ts';

export function lieInRecords(node: SimNode, to: ServiceId, random: Random, after: AfterCommit): void {
  random.pick([...lies, ...liesInCorrections])(node, to, random, after);
}

/** REC-4: a second content of a revision that its recipients have. */
const contradictsItself: Lie = (node, to, random, after) => {
  const isThere = ({ hash }: { hash: string }) => node.disk.holders.get(`${hash} ${to}`) !== undefined;
  const own = [...node.disk.heads.group(node.service)].filter(isThere);
  const before = own.length > 0 ? node.disk.records.get(random.pick(own).hash) : undefined;
  if (before === undefined) return;
  const { title: _, ...rest } = draftOf(before);
  sendWhole(node, to, issue(node, { ...rest, title: `rather ${random.between(1, 9_999)}` }, [], random, after));
};

/** MRK-1, ACC-02: more than any agreement covers, past its own release function. */
const marksTooWide: Lie = (node, to, random, after) => {
  const marking = {
    level: 4,
    compartments: ['falcon', 'harbour', 'unheard-of'],
    handling: [],
    releasableTo: 'any',
  } as const;
  sendWhole(node, to, issue(node, lead(node, random, marking), [], random, after));
};

/** REL-1: what says itself that it is for nobody. */
const ignoresItsLists: Lie = (node, to, random, after) => {
  const marking = { level: 1, compartments: [], handling: [], releasableTo: [] } as const;
  sendWhole(node, to, issue(node, lead(node, random, marking), [], random, after));
};

/** REL-3: passes on, as if it might, what somebody else gave it. */
const passesOn: Lie = (node, to, random) => {
  const others = [...node.disk.heads.values()].filter(({ origin }) => origin !== node.service && origin !== to);
  const record = others.length > 0 ? node.disk.records.get(random.pick(others).hash) : undefined;
  if (record !== undefined) sendWhole(node, to, record);
};

const pretended = [
  { type: 'recovery-wanted', after: null },
  { type: 'copies', after: null, hashes: [] },
] as const satisfies readonly Message[];

/** EXC-4: gives back, as if it had been asked to, what is its own or another's, and asks for what it never lost, or says that there is nothing. */
const recoversWhatIsNotLost: Lie = (node, to, random) => {
  const own = [...node.disk.heads.values()];
  const record = own.length > 0 ? node.disk.records.get(random.pick(own).hash) : undefined;
  if (record !== undefined) node.disk.enqueue(to, { message: { type: 'returned', sdJwt: whole(record) } });
  node.disk.enqueue(to, { message: random.pick(pretended) });
};

/** EXC-5: uses a partner as a post office to somebody with whom nothing is shared. */
const writesToStrangers: Lie = (node, to, random) => {
  const { service: stranger, keys } = random.pick(node.world.nodes);
  if (stranger === node.service || stranger === to) return;
  const { crypto } = node.world;
  const key = keyIdOf(keys.sealingKey, crypto.primitives);
  const plaintext = letterPlaintext(node.service, [{ type: 'revision', jwt: 'a letter to nobody in particular' }]);
  const info = letterInfo({ to: stranger, key });
  const letter = letterOf(stranger, key, crypto.seal(keys.sealingKey, plaintext, info));
  if (!isRefusal(letter)) node.disk.enqueue(to, { message: letter });
};

/** PRM-1: permits itself, in the name of another, what that other never permitted. */
const forgesPermission: Lie = (node, to, random, after) => {
  const others = [...node.disk.heads.values()].filter(({ origin }) => origin !== node.service && origin !== to);
  const record = others.length > 0 ? node.disk.records.get(random.pick(others).hash) : undefined;
  if (record === undefined) return;
  const { id, origin, revision, hash } = record;
  const digests = record.disclosures.map(({ digest }) => digest).toSorted();
  const body = { use: 'onward', decision: 'granted', grantee: node.service, onwardTo: to, record: id, hash, digests };
  const marking = { level: 0, compartments: [], handling: [], releasableTo: 'any' } as const;
  const { grading: _, ...draft } = lead(node, random, marking);
  const permission = issue(
    node,
    {
      ...draft,
      kind: 'permission',
      title: 'Permission',
      portions: [],
      body: { ...body, validUntil: '2026-12-31' },
      links: [{ type: 'about', origin: random.chance(0.2) ? origin : node.service, record: id, revision, hash }],
    },
    [],
    random,
    after,
  );
  sendWhole(node, to, permission);
  sendWhole(node, to, record);
};

/** REC-6: gives, under a permission that is its own, what no agreement covers. */
const givesMoreWithPermission: Lie = (node, to, random, after) => {
  const own = [...node.disk.heads.group(node.service)].filter(({ kind }) => kind === 'report');
  const record = own.length > 0 ? node.disk.records.get(random.pick(own).hash) : undefined;
  if (record === undefined) return;
  const { id, origin, revision, hash } = record;
  const marking = { level: 0, compartments: [], handling: [], releasableTo: 'any' } as const;
  const { grading, ...draft } = lead(node, random, marking);
  const more: Partial<RecordDraft> = random.pick([
    { portions: draft.portions, title: 'Permission' },
    { cites: [{ origin, record: id, revision, hash }], title: 'Permission' },
    { ...(grading && { grading }), title: 'Permission' },
    { title: 'Permission: all that is in it' },
  ]);
  const body = { use: 'judicial', decision: 'granted', grantee: to, record: id, hash, validUntil: '2026-12-31' };
  const links = [{ type: 'about' as const, origin, record: id, revision, hash }];
  const said = { ...draft, kind: 'permission', portions: [], body, links, ...more };
  sendWhole(node, to, issue(node, said, [], random, after));
};

/** REL-3: decides on what it was never given, or on what there is not. */
const answersWhatItNeverGot: Lie = (node, to, random, after) => {
  const { primitives } = node.world.crypto;
  const record = recordIdOf(to, node.now, random.bytes(recordIdEntropyBytes), primitives);
  const marking = { level: 0, compartments: [], handling: [], releasableTo: 'any' } as const;
  const { grading: _, ...draft } = lead(node, random, marking);
  const links = [{ type: 'replies-to' as const, origin: to, record, revision: 1, hash: base64url(random.bytes(32)) }];
  const said = { ...draft, kind: 'disposition', portions: [], body: { decision: 'act' }, links };
  sendWhole(node, to, issue(node, said, [], random, after));
};

const lies: readonly Lie[] = [
  answersWhatItNeverGot,
  ...[givesMoreWithPermission, givesMoreWithPermission, givesMoreWithPermission],
  writesToStrangers,
  ...[forgesPermission, forgesPermission],
  ...[forgesPermission, forgesPermission],
  // needs more tries: only what its victim has already can be contradicted
  contradictsItself,
  contradictsItself,
  contradictsItself,
  marksTooWide,
  ignoresItsLists,
  passesOn,
  recoversWhatIsNotLost,
];

// needs more tries: of little that its victim has
const liesInCorrections: readonly Lie[] = [
  ...[revivesWithdrawn, revivesWithdrawn, revivesWithdrawn],
  ...[takesBackBadly, takesBackBadly, takesBackBadly],
  ...[misnamesInCorrection, misnamesInCorrection],
];

function lead(node: SimNode, random: Random, marking: RecordDraft['marking']): RecordDraft {
  return {
    ...blank(node, random),
    kind: 'report',
    grading: { source: 'A', information: '1' },
    marking,
    title: 'a lead too far',
    portions: [{ text: 'all of it', nature: 'fact', marking }],
    body: { reportType: 'lead', urgency: 'urgent' },
    links: [],
  };
}
