/** COR-1, COR-2: a new revision and its correction go to every holder, and each holder says what it did about it. */
import { kindOf } from '#src/kinds/index.ts';
import { permissionInForce } from '#src/protocol/admission/permission.ts';
import { answerClaims, correctionClaims } from '#src/protocol/correction/claims.ts';
import { type Change, correctionDraft, nextRevision, referenceTo } from '#src/protocol/correction/next-revision.ts';
import { digestsWith, portionsAgain } from '#src/protocol/correction/portions-again.ts';
import type { Holding, Told } from '#src/protocol/correction/who-is-told.ts';
import type { LetterMessage } from '#src/protocol/exchange/message.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { isRefusal, type RefusalCode } from '#src/protocol/refusal.ts';
import type { AfterCommit } from './disk.ts';
import { namedRevisions, targetsOf } from './held.ts';
import { moveHead, today } from './keeping.ts';
import type { SimNode } from './node.ts';
import type { CorrectionRow } from './node-disk.ts';
import { putHolder } from './onward.ts';
import type { Random } from './random.ts';
import { sendTo } from './ways.ts';
import { bareOf, blank, copyOf, issue, release } from './writing.ts';

export function revise(
  node: SimNode,
  before: VerifiedRecord,
  change: Change,
  random: Random,
  after: AfterCommit,
): void {
  const kind = kindOf(before.kind);
  if (kind === undefined) throw new Error('a kept record of no kind');
  const { createdAt, reviewBy } = blank(node, random);
  const draft = nextRevision(before, change, kind, { at: createdAt, today: today(node), reviewBy });
  // what founds trust, decides or corrects is not corrected
  if (isRefusal(draft)) return;
  const revision = issue(node, draft, [], random, after);
  const why = { ground: 'factual-error', explanation: 'we were wrong', respondBy: '2026-12-31' } as const;
  const { id, language, desk } = blank(node, random);
  const made = { id, language, title: 'Correction', desk, at: createdAt, reviewBy };
  const correction = issue(
    node,
    correctionDraft({ before, after: revision }, change.change, why, made),
    [],
    random,
    after,
  );
  enterCorrection(node, correction, after);
  const { recipients } = whoWaits(node, before);
  tell(node, [...node.disk.holders.group(before.id)], revision, correction, random, after);
  for (const recipient of recipients) {
    if ([...node.disk.holders.group(before.id)].some(({ holder }) => holder === recipient)) continue;
    if (change.change === 'corrected') release(node, revision, recipient, random);
  }
}

/** Who was to get an older revision and has not yet: no holder, but the newest is meant for it. */
function whoWaits({ disk }: SimNode, { id }: VerifiedRecord): { recipients: ServiceId[] } {
  const live = [...disk.releases.group(id)].filter(({ state }) => state !== 'refused');
  return { recipients: [...new Set(live.map(({ recipient }) => recipient))] };
}

/** A holder that the origin hears of only now, with a revision that was corrected meanwhile, is told like the others. */
export function tellLate(
  node: SimNode,
  holding: Holding & { record: string },
  random: Random,
  after: AfterCommit,
): void {
  const head = node.disk.heads.get(holding.record);
  const newest = head && node.disk.records.get(head.hash);
  if (newest === undefined || newest.revision <= holding.revision) return;
  const knows = [...node.disk.holders.group(holding.record)].some(
    ({ holder, revision }) => holder === holding.holder && revision > holding.revision,
  );
  const correction = [...node.disk.corrections.group(newest.id)].find(({ about }) => about === newest.hash);
  // a restore may have cost the correction and not the revision: then that alone is told
  const record = correction && node.disk.records.get(correction.hash);
  if (!knows) tell(node, [holding], newest, record ?? null, random, after);
}

function tell(
  node: SimNode,
  holdings: readonly Holding[],
  revision: VerifiedRecord,
  correction: VerifiedRecord | null,
  random: Random,
  after: AfterCommit,
): void {
  for (const told of node.world.core.whoIsTold(holdings, () => false)) {
    const skipped = skippedFor(node, revision, told.last.revision);
    if (told.way === 'direct') {
      for (const message of skipped) node.disk.enqueue(told.holder, { message });
      release(node, revision, told.holder, random);
      if (correction !== null) release(node, correction, told.holder, random);
    } else tellOnward(node, told, skipped, revision, correction, random, after);
  }
}

function tellOnward(
  node: SimNode,
  { holder, last }: Told,
  skipped: readonly LetterMessage[],
  revision: VerifiedRecord,
  correction: VerifiedRecord | null,
  random: Random,
  after: AfterCommit,
): void {
  const again = givenAgain(node, { holder, last }, revision, random, after);
  const messages = [
    ...skipped,
    ...(again === null ? [] : [...again.permission, copyOf(revision, again.digests)]),
    ...(correction === null ? [] : [copyOf(correction, digestsWith(correction, []))]),
  ];
  const isTold = messages.length > 0 && sendTo(node, holder, messages);
  if (!isTold || again === null) return;
  putHolder(node, revision, { holder, via: last.via, state: 'granted', digests: again.digests });
}

/** Of a withdrawal all that there is; of a corrected text what was permitted before, under the permission renewed. */
function givenAgain(
  node: SimNode,
  { holder, last }: Pick<Told, 'holder' | 'last'>,
  revision: VerifiedRecord,
  random: Random,
  after: AfterCommit,
): { digests: readonly string[]; permission: readonly LetterMessage[] } | null {
  if (revision.status !== 'active') return { digests: digestsWith(revision, []), permission: [] };
  const standing = [...node.disk.permissions.group(revision.id)].filter(
    (each) => each.use === 'onward' && each.onwardTo === holder && permissionInForce(each, today(node)),
  );
  const permission = standing.find(({ grantee }) => grantee === last.via) ?? standing[0];
  const old = permission && node.disk.records.get(permission.about.hash);
  const record = permission && node.disk.records.get(permission.hash);
  if (permission === undefined || old === undefined || record === undefined) return null;
  const digests = digestsWith(revision, portionsAgain(old, revision, permission.digests));
  const draft = {
    ...record,
    revision: record.revision + 1,
    previous: record.hash,
    title: record.title ?? '',
    desk: record.desk ?? 'liaison',
    body: { ...record.body, hash: revision.hash, digests: digests.toSorted() },
    links: [{ ...referenceTo(revision), type: 'about' as const }],
  };
  const renewed = issue(node, draft, [], random, after);
  const message = copyOf(renewed, digestsWith(renewed, []));
  sendTo(node, permission.grantee, [message]);
  return { digests, permission: [message] };
}

/** REC-4: the bare revisions between the one that a holder has and the new one. */
function skippedFor({ disk }: SimNode, { id, revision }: VerifiedRecord, has: number): LetterMessage[] {
  return disk
    .revisionsOf(id)
    .filter((each) => each.revision > has && each.revision < revision)
    .sort((one, other) => one.revision - other.revision)
    .map((each) => ({ type: 'revision', jwt: bareOf(each) }));
}

/** Why a correction, or an answer to one, is not taken although its form and its way are right. */
export function problemOfCorrectionHere(node: SimNode, record: VerifiedRecord): RefusalCode | null {
  if (record.kind === 'correction-answer') {
    const answer = answerClaims(record);
    if (isRefusal(answer)) return answer.code;
    return node.disk.corrections.get(answer.to.record) === undefined ? 'link-target-unknown' : null;
  }
  if (record.kind !== 'correction') return null;
  const about = record.links.find(({ type }) => type === 'about')?.record ?? '';
  const target = targetsOf(node, record).get(about) ?? null;
  return node.world.core.problemOfCorrection(record, target, namedRevisions(node, about))?.code ?? null;
}

/** A correction of ours, or one that came: where its revision did not come, the old text is not used as if nothing were. */
export function enterCorrection(node: SimNode, record: VerifiedRecord, after: AfterCommit): void {
  const claims = correctionClaims(record);
  if (isRefusal(claims)) throw new Error('a correction is read before it is kept');
  const { about } = claims;
  if (node.disk.corrections.get(record.id) !== undefined) return;
  const row: CorrectionRow = {
    record: about.record,
    about: about.hash,
    revision: about.revision,
    hash: record.hash,
    answer: null,
  };
  node.disk.corrections.set(record.id, row);
  const head = node.disk.heads.get(about.record);
  const state = head && node.world.core.headStateAfter(head, claims);
  if (head && state && state !== head.state) moveHead(node, about.record, { ...head, state }, after);
}

/** An officer answers a correction that came; by whatever way leads to its origin. */
export function answerOne(node: SimNode, random: Random, after: AfterCommit): void {
  const open = [...node.disk.corrections.entries()].filter(([id, { answer }]) => {
    const origin = node.disk.heads.get(id)?.origin;
    return answer === null && origin !== undefined && origin !== node.service;
  });
  if (open.length === 0) return;
  const [id, row] = random.pick(open);
  const correction = node.disk.records.get(row.hash);
  if (correction === undefined) throw new Error('a correction without its record');
  const body = random.pick([
    { answer: 'quarantined' },
    { answer: 'relied-on', case: 'case 7', stage: 'trial' },
    { answer: 'refused', ground: 'legal-duty-to-keep' },
  ]);
  const draft = {
    ...blank(node, random),
    kind: 'correction-answer',
    purpose: correction.purpose,
    marking: { level: 0, compartments: [], handling: [], releasableTo: 'any' },
    title: 'Answer to a correction',
    portions: [],
    body,
    links: [{ ...referenceTo(correction), type: 'replies-to' }],
  } as const;
  const answer = issue(node, draft, [], random, after);
  if (sendTo(node, correction.origin, [copyOf(answer, digestsWith(answer, []))])) {
    node.disk.corrections.set(id, { ...row, answer: answer.hash });
  }
}
