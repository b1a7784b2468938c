import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '#src/web/api/client.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { Empty } from '#src/web/design/empty.tsx';
import { Page } from '#src/web/design/page.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { ReasonDialog } from '#src/web/design/reason-dialog.tsx';
import { nameOf, ServiceName } from '#src/web/design/service-name.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { list, number, relativeInstant } from '#src/web/i18n/format.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { useNow } from '#src/web/now.tsx';
import { Pending } from '#src/web/shell/states.tsx';
import type { RecoveryView } from '../contract.ts';
import { keysMessages } from './messages.ts';
import { recoveryQuery } from './queries.ts';
import styles from './recovery-page.module.css';

/** EXC-4: which partners have returned our own records, and how to go on without the others. */
export function RecoveryPage() {
  const text = useText(keysMessages);
  const { data: recovery, error, refetch } = useQuery(recoveryQuery);
  return (
    <Page title={text('restore.title')}>
      {error && !recovery && <ProblemNotice thrown={error} onRetry={() => void refetch()} />}
      {!error && !recovery && <Pending />}
      {recovery && !recovery.recovering && <Empty title={text('restore.over')} />}
      {recovery?.recovering && <Recovering recovery={recovery} />}
    </Page>
  );
}

function Recovering({ recovery }: { recovery: RecoveryView }) {
  const text = useText(keysMessages);
  const language = useLanguage();
  const now = useNow();
  const [going, setGoing] = useState(false);
  return (
    <>
      <p className={styles.text}>
        {text('restore.text')}
        {recovery.since && (
          <span className={styles.soft}>
            {' '}
            {text('restore.since', { when: relativeInstant(recovery.since, now, language) })}
          </span>
        )}
      </p>
      {recovery.partners.length === 0 ? (
        <p>{text('restore.none')}</p>
      ) : (
        <table className={styles.partners} aria-label={text('restore.title')}>
          <thead>
            <tr>
              <th scope="col">{text('restore.partner')}</th>
              <th scope="col">{text('restore.state')}</th>
              <th scope="col" className={styles.number}>
                {text('restore.returned')}
              </th>
            </tr>
          </thead>
          <tbody>
            {recovery.partners.map(({ service, done, returned }) => (
              <tr key={service.id}>
                <th scope="row">
                  <ServiceName service={service} />
                </th>
                <td>
                  <span className={done ? styles.done : styles.waiting}>
                    {text(done ? 'restore.done' : 'restore.waiting')}
                  </span>
                </td>
                <td className={styles.number}>{number(returned, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {recovery.allowed.includes('go-on') && (
        <p>
          <Button variant="default" onClick={() => setGoing(true)}>
            {text('restore.goOn')}
          </Button>
        </p>
      )}
      {going && <GoOnDialog recovery={recovery} onClose={() => setGoing(false)} />}
    </>
  );
}

function GoOnDialog({ recovery, onClose }: { recovery: RecoveryView; onClose: () => void }) {
  const text = useText(keysMessages);
  const language = useLanguage();
  const { say } = useToasts();
  const missing = recovery.partners.filter(({ done }) => !done).map(({ service }) => nameOf(service, language));
  const goOn = useWrite(
    (reason: string, options) => client.goOnAfterRestore({ body: { reason } }, options),
    () => {
      say(text('restore.goneOn'));
      onClose();
    },
  );
  return (
    <ReasonDialog
      title={text('restore.goOnTitle')}
      reasonLabel={text('reason')}
      submitLabel={text('restore.goOn')}
      act={goOn}
      onClose={onClose}
      isDangerous
    >
      {missing.length > 0 && <p>{text('restore.goOnText', { services: list(missing, language) })}</p>}
    </ReasonDialog>
  );
}
