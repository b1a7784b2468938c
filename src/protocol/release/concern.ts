import type { KindRules } from '../admission/admit-record.ts';
import type { RecordId, ServiceId } from '../primitives.ts';
import type { VerifiedRecord } from '../record/record.ts';

/**
 * Whether a service must learn of a record whatever became of its agreement with us: it holds what is taken back, it
 * holds or is named by what is decided, or it is the origin of what is asked or answered. Such records hold no
 * information of their own (COR-1, PRM-1).
 */
export function mustLearn(
  record: Pick<VerifiedRecord, 'id' | 'kind' | 'status' | 'body' | 'links'>,
  kind: Pick<KindRules, 'byRelay'>,
  recipient: ServiceId,
  isHolder: (record: RecordId, service: ServiceId) => boolean,
): boolean {
  if (record.status !== 'active') return isHolder(record.id, recipient);
  if (kind.byRelay === 'to-origin') {
    return record.links.some(({ type, origin }) => (type === 'about' || type === 'replies-to') && origin === recipient);
  }
  if (kind.byRelay !== 'to-holders') return false;
  const { grantee, onwardTo } = record.kind === 'permission' ? record.body : {};
  if (grantee === recipient || onwardTo === recipient) return true;
  return record.links.some(({ type, record: target }) => type === 'about' && isHolder(target, recipient));
}
