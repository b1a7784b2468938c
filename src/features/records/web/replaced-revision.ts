import type { RecordView } from '../contract.ts';

/**
 * A newer revision took its place. One that withdrew or erased the record says so still; and of an agreement (REC-5)
 * the older terms stay in force until both have assented to the newer ones, so that its number alone says nothing.
 */
export function isReplaced(
  { revision, status }: Pick<RecordView['revisions'][number], 'revision' | 'status'>,
  { kind, revisions }: { kind: string; revisions: readonly { revision: number }[] },
): boolean {
  const newest = Math.max(...revisions.map((each) => each.revision));
  return kind !== 'agreement' && status === 'active' && revision < newest;
}
