import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { client } from '#src/web/api/client.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { Fingerprint } from '#src/web/design/fingerprint.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import type { PartnerView } from '../contract.ts';
import styles from './ceremony.module.css';
import { partnersMessages } from './messages.ts';
import { ownCardQuery } from './own-card.tsx';
import { isWholeFingerprint, spokenGroups } from './spoken.ts';

/**
 * KEY-2: two officers compare fingerprints by voice. Theirs is typed as it is heard and not shown before: a fingerprint
 * that stands on the screen is waved through, not compared.
 */
export function Ceremony({ partner }: { partner: PartnerView }) {
  const text = useText(partnersMessages);
  const language = useLanguage();
  const { say } = useToasts();
  const { data: own } = useQuery(ownCardQuery);
  const [heard, setHeard] = useState('');
  const [checked, setChecked] = useState(false);
  const service = nameOf(partner.service, language);
  const confirm = useWrite(
    (spoken: string, options) =>
      client.confirmPartner({ params: { id: partner.service.id }, body: { spoken } }, options),
    () => say(text('fingerprint.done', { service })),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (isWholeFingerprint(heard)) confirm.mutate(heard);
  };
  return (
    <section aria-label={text('fingerprint.title')} className={styles.ceremony}>
      <h2>{text('fingerprint.title')}</h2>
      <p>{text('fingerprint.how', { service })}</p>
      {own && (
        <div>
          <h3>{text('fingerprint.ours')}</h3>
          <Fingerprint spoken={own.spoken} />
        </div>
      )}
      <form onSubmit={submit} className={styles.form}>
        <TextInput
          label={text('fingerprint.heard')}
          description={text('fingerprint.heardHint')}
          value={heard}
          onChange={(event) => setHeard(spokenGroups(event.target.value))}
          inputMode="numeric"
          autoComplete="off"
          dir="ltr"
          size="md"
          className={styles.heard}
          error={checked && !isWholeFingerprint(heard) ? text('fingerprint.incomplete') : undefined}
        />
        {confirm.error && <ProblemNotice thrown={confirm.error} />}
        <Button type="submit" loading={confirm.isPending}>
          {text('fingerprint.submit')}
        </Button>
      </form>
    </section>
  );
}
