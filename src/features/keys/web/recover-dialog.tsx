import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { client } from '#src/web/api/client.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { ReasonDialog } from '#src/web/design/reason-dialog.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import { keysMessages } from './messages.ts';

/** The signing key is lost or stolen: the offline key speaks for the service. */
export function RecoverDialog({ onClose }: { onClose: () => void }) {
  const text = useText(keysMessages);
  const { say } = useToasts();
  const [secret, setSecret] = useState('');
  const recover = useWrite(
    (reason: string, options) => client.recoverKeys({ body: { secret: secret.trim(), reason } }, options),
    () => {
      say(text('recover.done'));
      onClose();
    },
  );
  return (
    <ReasonDialog
      title={text('recover.title')}
      reasonLabel={text('reason')}
      submitLabel={text('recover.submit')}
      act={recover}
      onClose={onClose}
      isDangerous
    >
      <p>{text('recover.text')}</p>
      <Textarea
        label={text('recover.secret')}
        value={secret}
        onChange={(event) => setSecret(event.target.value)}
        rows={2}
        maxLength={400}
        dir="ltr"
        autoComplete="off"
        spellCheck={false}
        required
        withAsterisk={false}
      />
    </ReasonDialog>
  );
}
