import { Button } from '@mantine/core';
import { useState } from 'react';
import type { PartnerView } from '#src/features/partners/contract.ts';
import { client } from '#src/web/api/client.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { ReasonDialog } from '#src/web/design/reason-dialog.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { relativeInstant } from '#src/web/i18n/format.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { useNow } from '#src/web/now.tsx';
import { keysMessages } from './messages.ts';
import styles from './revocation.module.css';

/** On a partner's page: the end of all trust in it, or that it has ended. */
export default function Revocation({ partner }: { partner: PartnerView }) {
  const text = useText(keysMessages);
  const language = useLanguage();
  const now = useNow();
  const [open, setOpen] = useState(false);
  const mayRevoke = partner.revokedAt === null && partner.allowed.includes('revoke');
  if (partner.revokedAt === null && !mayRevoke) return null;
  return (
    <section aria-label={text('revoke.title')} className={styles.section}>
      <h2>{text('revoke.title')}</h2>
      {partner.revokedAt !== null ? (
        <p className={styles.revoked}>
          {text('revoke.already', { when: relativeInstant(partner.revokedAt, now, language) })}
        </p>
      ) : (
        <p className={styles.soft}>{text('revoke.lead', { service: nameOf(partner.service, language) })}</p>
      )}
      {mayRevoke && (
        <Button variant="default" onClick={() => setOpen(true)}>
          {text('revoke.button')}
        </Button>
      )}
      {open && <RevokeDialog partner={partner} onClose={() => setOpen(false)} />}
    </section>
  );
}

function RevokeDialog({ partner, onClose }: { partner: PartnerView; onClose: () => void }) {
  const text = useText(keysMessages);
  const language = useLanguage();
  const { say } = useToasts();
  const { id } = partner.service;
  const revoke = useWrite(
    (reason: string, options) => client.revokePartner({ params: { id }, body: { reason } }, options),
    ({ permissionsRevoked }) => {
      say(text('revoke.done', { count: permissionsRevoked }));
      onClose();
    },
  );
  return (
    <ReasonDialog
      title={text('revoke.dialogTitle', { service: nameOf(partner.service, language) })}
      reasonLabel={text('reason')}
      submitLabel={text('revoke.submit')}
      act={revoke}
      onClose={onClose}
      isDangerous
    >
      <div>
        <h3>{text('revoke.does')}</h3>
        <ul className={styles.list}>
          {(['stop', 'permissions', 'refuse'] as const).map((one) => (
            <li key={one}>{text(`revoke.doesList.${one}`)}</li>
          ))}
        </ul>
      </div>
      <div>
        <h3>{text('revoke.doesNot')}</h3>
        <ul className={styles.list}>
          {(['held', 'relays', 'ours'] as const).map((one) => (
            <li key={one}>{text(`revoke.doesNotList.${one}`)}</li>
          ))}
        </ul>
      </div>
    </ReasonDialog>
  );
}
