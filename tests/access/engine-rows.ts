import { type Add, at, services, uuid } from './names.ts';

/** What hangs on no record: the engine's own, and lines of the journal about the node. */
export function addWithoutRecord(add: Add): void {
  const { meridian } = services;
  add('journal', {
    seq: 1,
    at: at(1),
    actor_kind: 'node',
    actor: null,
    act: 'node.started',
    record_id: null,
    record_hash: null,
    service: null,
    reason: null,
    leaf_hash: '\\x00',
  });
  add('batch_in', { peer: meridian, epoch: 1, sequence: 1, hash: 'hash', received_at: at(1), signed_header: null });
  add('batch_out', { peer: meridian, epoch: 1, sequence: 1, hash: 'hash', signed_header: 'header', formed_at: at(1) });
  add('bundle_export', {
    id: 1,
    peer: meridian,
    at: at(1),
    officer: null,
    epoch: 1,
    first_sequence: 1,
    last_sequence: 1,
    messages: 1,
    confirmed_at: null,
  });
  add('held_message', {
    peer: meridian,
    epoch: 1,
    sequence: 1,
    message_index: 0,
    sd_jwt: 'held',
    code: 'revision-gap',
    waits_for: null,
    held_at: at(1),
    within: 0,
  });
  add('inbound_refusal', { id: 1, peer: meridian, code: 'not-found', at: at(1) });
  add('key_statement', {
    service: meridian,
    version: 2,
    hash: 'hash',
    jws: 'jws',
    in_force: true,
    kept_at: at(1),
  });
  add('letter_carried', { hash: 'hash', at: at(1) });
  add('link', { peer: meridian, state: {} });
  add('link_evidence', {
    id: 1,
    peer: meridian,
    at: at(1),
    code: 'sequence-reused',
    about: 'batch',
    epoch: 1,
    sequence: 1,
    known: null,
    signed: 'signed',
  });
  add('recovery', { id: 1, began_at: at(1), ended_at: at(2) });
  add('recovery_partner', { recovery: 1, peer: meridian, asked_at: at(1), done_at: null, returned: 0 });
  add('skipped_revision', {
    hash: 'skipped',
    record_id: uuid(16, 1),
    revision: 1,
    previous: null,
    status: 'active',
    origin: meridian,
    jwt: 'jwt',
    received_from: meridian,
    stored_at: at(1),
  });
  add('outbox', { id: 1_000_000, peer: meridian, message: {}, release_id: null, queued_at: at(1) });
}
