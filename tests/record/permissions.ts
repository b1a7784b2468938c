import type { PermissionStanding } from '#src/protocol/admission/permission.ts';
import type { ServiceId } from '#src/protocol/primitives.ts';
import type { VerifiedRecord } from '#src/protocol/record/record.ts';
import { atlas, draftOf, meridian, openMarking, sahara, testRecordId } from './drafts.ts';
import { forgedAs, issueAs } from './parties.ts';

/** Atlas permits Meridian to pass this whole record on to Sahara. */
export function permissionFor(record: VerifiedRecord, change: Partial<PermissionStanding> = {}): PermissionStanding {
  return {
    permission: testRecordId(atlas, 90),
    hash: record.hash,
    revision: 1,
    origin: atlas.id,
    use: 'onward',
    decision: 'granted',
    grantee: meridian.id,
    onwardTo: sahara.id,
    about: { record: record.id, hash: record.hash },
    digests: record.disclosures.filter(({ path }) => path !== 'releasableTo').map(({ digest }) => digest),
    portions: null,
    purpose: null,
    validUntil: '2025-12-31',
    request: null,
    ...change,
  };
}

/** The permission record that says so, signed by Atlas. */
export function permissionRecord(
  about: VerifiedRecord,
  body: { readonly [field: string]: unknown } = {},
  claimed: ServiceId = about.origin,
) {
  const { digests } = permissionFor(about);
  const { id: record, revision, hash } = about;
  const { grading: _, ...draft } = draftOf(atlas, {
    id: testRecordId(atlas, 91),
    kind: 'permission',
    title: 'إذن بالاستعمال',
    marking: { ...openMarking, level: 2, compartments: ['SAHEL'] },
    portions: [],
    body: {
      use: 'onward',
      decision: 'granted',
      grantee: meridian.id,
      onwardTo: sahara.id,
      record,
      hash,
      digests: digests.toSorted(),
      validUntil: '2025-12-31',
      ...(body as object),
    },
    links: [{ type: 'about', origin: claimed, record, revision, hash }],
  });
  return (claimed === about.origin ? issueAs : forgedAs)(atlas, draft, JSON.stringify(body));
}
