/** What all lies in records are made with. */
import type { ServiceId } from '#src/protocol/primitives.ts';
import type { RecordDraft, VerifiedRecord } from '#src/protocol/record/record.ts';
import { serialiseRecord } from '#src/protocol/record/serialise.ts';
import type { AfterCommit } from './disk.ts';
import type { SimNode } from './node.ts';
import type { Random } from './random.ts';

export type Lie = (node: SimNode, to: ServiceId, random: Random, after: AfterCommit) => void;

export function draftOf({ title, desk, ...record }: VerifiedRecord): RecordDraft {
  const { id, kind, revision, previous, status, origin, language, createdAt, grading, purpose } = record;
  const { legalBasis, reviewBy, marking, portions, body, cites, links } = record;
  const graded = grading === undefined ? {} : { grading };
  const header = { id, kind, revision, previous, status, origin, language, createdAt, purpose, legalBasis, reviewBy };
  return { ...header, ...graded, marking, portions, body, cites, links, title: title ?? '', desk: desk ?? 'liaison' };
}

export function sendWhole(node: SimNode, to: ServiceId, record: VerifiedRecord): void {
  node.disk.enqueue(to, { message: { type: 'record', sdJwt: whole(record) } });
}

export function whole(record: VerifiedRecord): string {
  return serialiseRecord(record, new Set(record.disclosures.map(({ digest }) => digest)));
}
