import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { meQuery, partnersQuery } from '#src/web/api/queries.ts';
import { Empty } from '#src/web/design/empty.tsx';
import { Page } from '#src/web/design/page.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { nameOf, ServiceName } from '#src/web/design/service-name.tsx';
import { list, longDay } from '#src/web/i18n/format.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { ImportBundle } from '#src/web/partner/sections.tsx';
import { Pending } from '#src/web/shell/states.tsx';
import type { PartnerView } from '../contract.ts';
import { AddPartnerDialog } from './add-partner-dialog.tsx';
import { LinkState } from './link-health.tsx';
import { partnersMessages } from './messages.ts';
import { OwnCard } from './own-card.tsx';
import { stateOf } from './partner-state.ts';
import styles from './partners-page.module.css';

export function PartnersPage() {
  const text = useText(partnersMessages);
  const { data: me } = useQuery(meQuery);
  const { data: partners, error, refetch } = useQuery(partnersQuery);
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title={text('title')}
      actions={
        <span className={styles.tools}>
          <ImportBundle />
          {me?.allowed.includes('add-partner') && <Button onClick={() => setAdding(true)}>{text('add.button')}</Button>}
        </span>
      }
    >
      {error && !partners && <ProblemNotice thrown={error} onRetry={() => void refetch()} />}
      {!error && !partners && <Pending />}
      {partners?.length === 0 && <Empty title={text('empty')}>{text('emptyNext')}</Empty>}
      {partners && partners.length > 0 && (
        <ul className={styles.partners}>
          {partners.map((partner) => (
            <PartnerRow key={partner.service.id} partner={partner} />
          ))}
        </ul>
      )}
      <OwnCard />
      {adding && <AddPartnerDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}

function PartnerRow({ partner }: { partner: PartnerView }) {
  const text = useText(partnersMessages);
  const language = useLanguage();
  const state = stateOf(partner);
  const until = partner.agreements.find(({ inForce }) => inForce)?.validUntil;
  const standing =
    state === 'inForce'
      ? text('state.inForce', { day: until ? longDay(until, language) : '' })
      : state === 'vouched'
        ? text('state.vouched', { service: partner.vouchedBy ? nameOf(partner.vouchedBy, language) : '' })
        : text(`state.${state}`);
  return (
    <li>
      <Link to="/partners/$id" params={{ id: partner.service.id }} className={styles.partner}>
        <span className={styles.name}>
          <ServiceName service={partner.service} />
        </span>
        <span data-due={state === 'toConfirm' || state === 'vouched' || state === 'assentDue'} className={styles.state}>
          {standing}
        </span>
        {partner.resembles.length > 0 && (
          <span data-due className={styles.state}>
            {text('resembling.text', {
              services: list(
                partner.resembles.map((service) => nameOf(service, language)),
                language,
              ),
            })}
          </span>
        )}
        <span className={styles.soft}>
          {/* Nothing passes directly to whom nobody has confirmed. */}
          {state !== 'vouched' && <LinkState partner={partner} />}
        </span>
        <span className={styles.soft}>{partner.exchanged && text('exchanged', partner.exchanged)}</span>
      </Link>
    </li>
  );
}
