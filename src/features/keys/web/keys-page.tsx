import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Page } from '#src/web/design/page.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { UnreachedList } from '#src/web/design/unreached.tsx';
import { list } from '#src/web/i18n/format.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { Pending } from '#src/web/shell/states.tsx';
import type { KeysView } from '../contract.ts';
import { KeyId, KeyTable } from './key-table.tsx';
import styles from './keys-page.module.css';
import { keysMessages } from './messages.ts';
import { keysQuery } from './queries.ts';
import { RecoverDialog } from './recover-dialog.tsx';
import { RecoveryKeyDialog } from './recovery-key-dialog.tsx';
import { RotateDialog } from './rotate-dialog.tsx';

type Open = 'signing' | 'sealing' | 'make' | 'recover';

/** KEY-1: what we sign with and what is sealed to us, how far partners know it, and what to do when a key is lost. */
export function KeysPage() {
  const text = useText(keysMessages);
  const { data: keys, error, refetch } = useQuery(keysQuery);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  return (
    <Page title={text('title')}>
      {error && !keys && <ProblemNotice thrown={error} onRetry={() => void refetch()} />}
      {!error && !keys && <Pending />}
      {keys && (
        <>
          <section aria-label={text('title')} className={styles.section}>
            <KeyTable keys={keys.keys} label={text('title')} />
            <Known keys={keys} />
            <p className={styles.actions}>
              <Button variant="default" onClick={() => setOpen('signing')}>
                {text('rotate.button.signing')}
              </Button>
              <Button variant="default" onClick={() => setOpen('sealing')}>
                {text('rotate.button.sealing')}
              </Button>
            </p>
          </section>
          <Recovery recoveryKey={keys.recoveryKey} onOpen={setOpen} />
        </>
      )}
      {(open === 'signing' || open === 'sealing') && <RotateDialog use={open} onClose={close} />}
      {open === 'make' && <RecoveryKeyDialog replaces={keys?.recoveryKey != null} onClose={close} />}
      {open === 'recover' && <RecoverDialog onClose={close} />}
    </Page>
  );
}

/** How far the newest statement has come. */
function Known({ keys }: { keys: KeysView }) {
  const text = useText(keysMessages);
  const language = useLanguage();
  const services = list(
    keys.unconfirmed.map((service) => nameOf(service, language)),
    language,
  );
  return (
    <div>
      <p>
        {text('statement', { version: keys.version })}{' '}
        {keys.unconfirmed.length === 0 ? (
          text('everyone')
        ) : (
          <span className={styles.due}>{text('unconfirmed', { services })}</span>
        )}
      </p>
      <UnreachedList unreached={keys.unreached} />
      {keys.keysKept > 0 && <p className={styles.soft}>{text('kept', { count: keys.keysKept })}</p>}
    </div>
  );
}

function Recovery({ recoveryKey, onOpen }: { recoveryKey: string | null; onOpen: (open: Open) => void }) {
  const text = useText(keysMessages);
  return (
    <section aria-label={text('recovery.title')} className={styles.section}>
      <h2>{text('recovery.title')}</h2>
      {recoveryKey === null ? (
        <p className={styles.missing}>{text('recovery.none')}</p>
      ) : (
        <>
          <p className={styles.prose}>{text('recovery.exists')}</p>
          <p className={styles.soft}>
            {text('recovery.id')} <KeyId id={recoveryKey} />
          </p>
        </>
      )}
      <p className={styles.actions}>
        <Button variant={recoveryKey === null ? 'filled' : 'default'} onClick={() => onOpen('make')}>
          {text(recoveryKey === null ? 'recovery.make' : 'recovery.renew')}
        </Button>
        {recoveryKey !== null && (
          <Button variant="default" onClick={() => onOpen('recover')}>
            {text('recover.button')}
          </Button>
        )}
      </p>
    </section>
  );
}
