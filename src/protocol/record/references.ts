import { fromBase64url } from '../encoding.ts';
import { serviceIdOf } from '../fingerprint.ts';
import type { Json, Primitives, RecordId, ServiceId } from '../primitives.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { isRecordId } from './claims.ts';
import type { RecordLink, RecordReference } from './record.ts';
import { isRecordIdOf } from './record-id.ts';
import { isDigest, type JsonObject } from './shape.ts';

interface Speaking {
  readonly origin: ServiceId;
  readonly kind: string;
  readonly body: { readonly [field: string]: Json };
  readonly cites: readonly RecordReference[];
  readonly links: readonly RecordLink[];
}

/** Kinds by which an origin decides about a record of its own, which their body names by its id alone. */
const decidesOnOwn: readonly string[] = ['permission', 'correction'];

/**
 * REC-1: every record that another one names is of the service that its id shows, so nobody speaks in a third's name of a
 * record that is not his. Null: so it is.
 */
export function problemOfReferences(
  { origin, kind, body, cites, links }: Speaking,
  primitives: Primitives,
): Refusal | null {
  const isBound = (of: ServiceId, id: RecordId) => isRecordIdOf(of, id, primitives);
  if (!links.every((link) => isBound(link.origin, link.record))) return foreign('/links');
  if (!cites.every((cite) => isBound(cite.origin, cite.record))) return foreign('/cites');
  // REC-4: a record takes the place of one's own alone, and is part of one's own alone.
  const isOfOwn = ({ type }: RecordLink) => type === 'supersedes' || type === 'part-of';
  if (links.some((link) => isOfOwn(link) && link.origin !== origin)) return foreign('/links');
  const { record, agreement, inceptionKey } = body;
  // KEY-2: a card is of the service that its key makes, and of no other.
  const key = kind === 'service' && typeof inceptionKey === 'string' ? fromBase64url(inceptionKey) : null;
  if (key !== null && serviceIdOf(key, primitives) !== origin)
    return refuse('fingerprint-mismatch', { at: '/inceptionKey' });
  if (decidesOnOwn.includes(kind) && isRecordId(record) && !isBound(origin, record)) return foreign('/record');
  return kind === 'assent' && isReference(agreement) && !isBound(agreement.origin, agreement.record)
    ? foreign('/agreement')
    : null;
}

function isReference(value: Json | undefined): value is JsonObject & { origin: ServiceId; record: RecordId } {
  const { origin, record } = (value ?? {}) as JsonObject;
  return isDigest(origin) && isRecordId(record);
}

function foreign(at: string): Refusal {
  return refuse('record-id-foreign', { at });
}
