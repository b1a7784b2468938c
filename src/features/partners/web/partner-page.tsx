import { Button } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '#src/web/api/client.ts';
import { Fingerprint } from '#src/web/design/fingerprint.tsx';
import { Page } from '#src/web/design/page.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { When } from '#src/web/design/when.tsx';
import { list, longDay, relativeInstant } from '#src/web/i18n/format.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { useNow } from '#src/web/now.tsx';
import { ImportBundle, PartnerNotices, PartnerSections } from '#src/web/partner/sections.tsx';
import { Pending } from '#src/web/shell/states.tsx';
import type { AgreementView, PartnerView } from '../contract.ts';
import { Ceremony } from './ceremony.tsx';
import { LinkHealth } from './link-health.tsx';
import { partnersMessages } from './messages.ts';
import styles from './partner-page.module.css';
import { ProposalDialog } from './proposal-dialog.tsx';

const partnerQuery = (id: string) =>
  queryOptions({
    queryKey: ['partners', id],
    queryFn: ({ signal }) => client.getPartner({ params: { id } }, { signal }),
  });

export function PartnerPage() {
  const { id } = useParams({ from: '/inside/partners/$id' });
  const text = useText(partnersMessages);
  const language = useLanguage();
  const { data: partner, error, refetch } = useQuery(partnerQuery(id));
  return (
    <Page
      title={partner ? nameOf(partner.service, language) : text('title')}
      actions={
        <span className={styles.tools}>
          <Link to="/partners">{text('back')}</Link>
          <ImportBundle />
        </span>
      }
    >
      {error && !partner && <ProblemNotice thrown={error} onRetry={() => void refetch()} />}
      {!error && !partner && <Pending />}
      {partner && (
        <>
          {partner.exchanged && <p className={styles.soft}>{text('exchanged', partner.exchanged)}</p>}
          <PartnerNotices partner={partner} />
          {partner.resembles.length > 0 && <Resembling partner={partner} />}
          {partner.vouchedBy && <Vouched service={nameOf(partner.vouchedBy, language)} />}
          {partner.allowed.includes('confirm') && <Ceremony partner={partner} />}
          <Agreements partner={partner} />
          <LinkHealth partner={partner} />
          {partner.confirmedAt && <Confirmed partner={partner} confirmedAt={partner.confirmedAt} />}
          <PartnerSections partner={partner} />
        </>
      )}
    </Page>
  );
}

/** KEY-2: told apart from a partner at first sight. */
function Vouched({ service }: { service: string }) {
  const text = useText(partnersMessages);
  return (
    <section aria-label={text('vouched.title')} className={styles.vouched}>
      <p>
        <strong>{text('state.vouched', { service })}</strong>
      </p>
      <p>{text('vouched.text', { service })}</p>
    </section>
  );
}

/** Eyes are deceived by letters of other scripts; a fingerprint is not. */
function Resembling({ partner }: { partner: PartnerView }) {
  const text = useText(partnersMessages);
  const language = useLanguage();
  const services = list(
    partner.resembles.map((service) => `${nameOf(service, language)} (${service.code})`),
    language,
  );
  return (
    <section aria-label={text('resembling.title')} className={styles.vouched}>
      <p>
        <strong>{text('resembling.text', { services })}</strong>
      </p>
      <p>{text('resembling.next')}</p>
    </section>
  );
}

function Confirmed({ partner, confirmedAt }: { partner: PartnerView; confirmedAt: string }) {
  const text = useText(partnersMessages);
  const language = useLanguage();
  const now = useNow();
  return (
    <section aria-label={text('fingerprint.title')} className={styles.section}>
      <h2>{text('fingerprint.title')}</h2>
      <Fingerprint spoken={partner.spoken} />
      <p className={styles.soft}>
        {text('fingerprint.confirmed', { when: relativeInstant(confirmedAt, now, language) })}
      </p>
    </section>
  );
}

function Agreements({ partner }: { partner: PartnerView }) {
  const text = useText(partnersMessages);
  const [proposing, setProposing] = useState(false);
  return (
    <section aria-label={text('agreements.title')} className={styles.section}>
      <div className={styles.heading}>
        <h2>{text('agreements.title')}</h2>
        {partner.allowed.includes('propose-agreement') && (
          <Button variant="default" onClick={() => setProposing(true)}>
            {text('agreements.propose')}
          </Button>
        )}
      </div>
      {partner.agreements.length === 0 && <p className={styles.soft}>{text('agreements.none')}</p>}
      {partner.agreements.map((agreement) => (
        <Agreement key={agreement.hash} agreement={agreement} />
      ))}
      {proposing && <ProposalDialog partner={partner} onClose={() => setProposing(false)} />}
    </section>
  );
}

function Agreement({ agreement }: { agreement: AgreementView }) {
  const text = useText(partnersMessages);
  const shared = useText(words);
  const language = useLanguage();
  const assents = [
    ['ourAssent', agreement.ourAssentAt],
    ['theirAssent', agreement.theirAssentAt],
  ] as const;
  return (
    <article className={styles.agreement}>
      {/* ACC-22: who runs the node does not read what it holds, not even a title. */}
      <h3 dir="auto">{agreement.title || text('agreements.unread')}</h3>
      <p>
        <strong data-in-force={agreement.inForce} className={styles.force}>
          {text(agreement.inForce ? 'agreements.inForce' : 'agreements.notInForce')}
        </strong>
        {' · '}
        {text('agreements.dates', {
          from: longDay(agreement.validFrom, language),
          until: longDay(agreement.validUntil, language),
        })}
        {' · '}
        {text('agreements.ceiling', { level: shared.of('level', String(agreement.ceiling)) })}
        {agreement.compartments.length > 0 && ' · '}
        <bdi>{agreement.compartments.join(' · ')}</bdi>
      </p>
      <p>{agreement.purposes.map((purpose) => shared.of('purpose', purpose)).join(language === 'ar' ? '، ' : ', ')}</p>
      {agreement.oversightIncluded && <p className={styles.soft}>{text('agreements.oversight')}</p>}
      <p className={styles.assents}>
        {assents.map(([who, at]) => (
          <span key={who}>
            {text(`agreements.${who}`)}
            {shared('colon')}
            {at ? <When at={at} /> : <span className={styles.due}>{text('agreements.pending')}</span>}
          </span>
        ))}
        {agreement.endedAt && (
          <span className={styles.due}>
            {text('agreements.ended')} <When at={agreement.endedAt} />
          </span>
        )}
      </p>
      {agreement.title && (
        <Link to="/records/$id" params={{ id: agreement.record }}>
          {text('agreements.open')}
        </Link>
      )}
    </article>
  );
}
