import { lazy, Suspense, useState } from 'react';
import type { RecordView } from '#src/features/records/contract.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { carriesInformation } from './information.ts';

export interface SectionProps {
  readonly record: RecordView;
}

// Each section belongs to its feature, asks for its own data, and is absent where it has nothing to say.
const Quarantine = lazy(() => import('#src/features/corrections/web/quarantine-notice.tsx'));
const CorrectionDue = lazy(() => import('#src/features/corrections/web/correction-due.tsx'));
const CitationFlags = lazy(() => import('#src/features/corrections/web/citation-flags.tsx'));
const PermissionAsked = lazy(() => import('#src/features/permissions/web/permission-asked.tsx'));
const Permissions = lazy(() => import('#src/features/permissions/web/permissions-section.tsx'));
const Corrections = lazy(() => import('#src/features/corrections/web/corrections-section.tsx'));
const Holders = lazy(() => import('#src/features/corrections/web/holders-section.tsx'));
const Uses = lazy(() => import('#src/features/permissions/web/uses-section.tsx'));
const Request = lazy(() => import('#src/features/requests/web/request-section.tsx'));
const Sources = lazy(() => import('#src/features/sources/web/sources-section.tsx'));

/** What must be known before the text is read: it is withdrawn, it rests on what was corrected, it waits for an answer. */
export function RecordNotices({ record }: SectionProps) {
  return (
    <Suspense fallback={null}>
      {carriesInformation(record) && (
        <>
          <Quarantine record={record} />
          <CorrectionDue record={record} />
          <CitationFlags record={record} />
        </>
      )}
      {record.kind === 'correction' && <CorrectionDue record={record} />}
      {record.kind === 'request' && <RequestNotice key={record.record} record={record} />}
      {(record.kind === 'permission-request' || record.kind === 'permission') && <PermissionAsked record={record} />}
    </Suspense>
  );
}

/** The key belongs to the page and not to the section, which comes later: pressed before, it is honoured then. */
function RequestNotice({ record }: SectionProps) {
  const [pressed, setPressed] = useState(false);
  useKeys({ r: () => setPressed(true) });
  return (
    <Suspense fallback={null}>
      <Request record={record} pressed={pressed} onTaken={() => setPressed(false)} />
    </Suspense>
  );
}

/** What follows the text: permissions, corrections with their boards, holders, uses, sources. */
export function RecordSections({ record }: SectionProps) {
  return (
    <Suspense fallback={null}>
      {record.kind === 'correction' && <Corrections record={record} />}
      {carriesInformation(record) && (
        <>
          <Permissions record={record} />
          <Corrections record={record} />
          <Holders record={record} />
          <Uses record={record} />
          <Sources record={record} />
        </>
      )}
    </Suspense>
  );
}
