import type { RecordId, UnixMs } from '#src/protocol/primitives.ts';
import { recordIdEntropyBytes, recordIdOf } from '#src/protocol/record/record-id.ts';
import type { Signing } from './deps.ts';

/** REC-1: an id for a new record of this service. */
export function newRecordId(by: Signing, at: UnixMs): RecordId {
  return recordIdOf(by.keyring.identity.service, at, by.randomBytes(recordIdEntropyBytes), by.primitives);
}
