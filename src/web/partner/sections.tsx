import { lazy, Suspense } from 'react';
import type { PartnerView } from '#src/features/partners/contract.ts';

// In the heading of a page nothing may move once it is drawn; only its dialog is loaded when needed.
export { ImportBundle } from '#src/features/bundles/web/import-bundle.tsx';

// Each section belongs to its feature and asks for its own data.
const StoppedLink = lazy(() => import('#src/features/keys/web/stopped-link.tsx'));
const Carrier = lazy(() => import('#src/features/bundles/web/carrier-section.tsx'));
const Keys = lazy(() => import('#src/features/keys/web/partner-keys.tsx'));
const Revocation = lazy(() => import('#src/features/keys/web/revocation.tsx'));

interface SectionProps {
  readonly partner: PartnerView;
}

/** What must be known before anything else about this partner. */
export function PartnerNotices({ partner }: SectionProps) {
  if (partner.link.stoppedBy === null) return null;
  return (
    <Suspense fallback={null}>
      <StoppedLink partner={partner} />
    </Suspense>
  );
}

/** What follows the agreements and the link: how batches travel, its keys, the end of trust. */
export function PartnerSections({ partner }: SectionProps) {
  return (
    <Suspense fallback={null}>
      {partner.confirmedAt !== null && <Carrier partner={partner} />}
      <Keys partner={partner} />
      <Revocation partner={partner} />
    </Suspense>
  );
}
