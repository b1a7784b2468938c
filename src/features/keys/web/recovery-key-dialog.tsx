import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { createPortal } from 'react-dom';
import { client } from '#src/web/api/client.ts';
import { meQuery } from '#src/web/api/queries.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { ServiceName } from '#src/web/design/service-name.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { fullInstant } from '#src/web/i18n/format.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { useNow } from '#src/web/now.tsx';
import { keysMessages } from './messages.ts';
import styles from './recovery-key-dialog.module.css';
import { isTypedBack } from './secret.ts';

interface Made {
  readonly id: string;
  readonly secret: string;
}

/** KEY-1: the offline key is made, shown once, put on paper and typed back; then this forgets it. */
export function RecoveryKeyDialog({ replaces, onClose }: { replaces: boolean; onClose: () => void }) {
  const text = useText(keysMessages);
  const shared = useText(words);
  const [made, setMade] = useState<Made | null>(null);
  const make = useWrite(() => client.makeRecoveryKey(), setMade);
  if (made) return <SecretDialog made={made} onClose={onClose} />;
  return (
    <Dialog title={text('recovery.makeTitle')} onClose={onClose}>
      <form
        className={dialogForm}
        onSubmit={(event) => {
          event.preventDefault();
          if (!make.isPending) make.mutate(undefined);
        }}
      >
        <p>{text('recovery.makeText')}</p>
        {replaces && <p>{text('recovery.replaces')}</p>}
        {make.error && <ProblemNotice thrown={make.error} />}
        <DialogActions>
          <Button type="submit" loading={make.isPending}>
            {text('recovery.makeSubmit')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {shared('cancel')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function SecretDialog({ made, onClose }: { made: Made; onClose: () => void }) {
  const text = useText(keysMessages);
  const { say } = useToasts();
  const [typed, setTyped] = useState('');
  const [checked, setChecked] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!isTypedBack(typed, made.secret)) return;
    say(text('recovery.made'));
    onClose();
  };
  return (
    <Dialog title={text('recovery.makeTitle')} onClose={() => setLeaving(true)} wide>
      <form className={dialogForm} onSubmit={submit} noValidate>
        <div>
          <h3 className={styles.label}>{text('recovery.secret')}</h3>
          <p dir="ltr" className={styles.secret} translate="no">
            {made.secret}
          </p>
        </div>
        <TextInput
          label={text('recovery.typed')}
          description={text('recovery.typedHint')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          dir="ltr"
          autoComplete="off"
          spellCheck={false}
          // Pasting would prove nothing about the paper.
          onPaste={(event) => event.preventDefault()}
          error={checked && !isTypedBack(typed, made.secret) ? text('recovery.mismatch') : undefined}
        />
        {leaving && (
          <div className={styles.leaving} role="alert">
            <p>{text('recovery.leaving')}</p>
            <p>
              <Button variant="default" size="xs" onClick={() => setLeaving(false)}>
                {text('recovery.stay')}
              </Button>{' '}
              <Button color="red" size="xs" onClick={onClose}>
                {text('recovery.leave')}
              </Button>
            </p>
          </div>
        )}
        <DialogActions>
          <Button type="submit">{text('recovery.typedSubmit')}</Button>
          <Button variant="default" onClick={() => window.print()}>
            {text('recovery.print')}
          </Button>
        </DialogActions>
      </form>
      {createPortal(<Sheet made={made} />, document.body)}
    </Dialog>
  );
}

/** What alone is printed while the secret is shown. */
function Sheet({ made }: { made: Made }) {
  const text = useText(keysMessages);
  const language = useLanguage();
  const now = useNow();
  const { data: me } = useQuery(meQuery);
  return (
    <div className={styles.sheet}>
      <h1>{text('recovery.sheet')}</h1>
      <p>
        <strong>{me && <ServiceName service={me.service} />}</strong>
      </p>
      <p dir="ltr" className={styles.secret}>
        {made.secret}
      </p>
      <p>{text('recovery.sheetText')}</p>
      <p>
        {text('recovery.id')} <bdi dir="ltr">{made.id}</bdi>
      </p>
      <p>{text('recovery.sheetMade', { when: fullInstant(new Date(now).toISOString(), language) })}</p>
    </div>
  );
}
