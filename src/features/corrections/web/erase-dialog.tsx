import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { client } from '#src/web/api/client.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import type { ActionDialogProps } from '#src/web/record/actions.tsx';
import styles from './corrections.module.css';
import { correctionsMessages } from './messages.ts';
import { RetractForm } from './retract-form.tsx';
import type { WholeWhy } from './why.ts';

/** ACC-14, COR-4: says before the signature what erasing does here, and what it cannot do elsewhere. */
export default function EraseDialog({ record, onClose }: ActionDialogProps) {
  const text = useText(correctionsMessages);
  const { say } = useToasts();
  const [sure, setSure] = useState(false);
  const [checked, setChecked] = useState(false);
  const erase = useWrite(
    (body: WholeWhy, options) => client.erase({ params: { id: record.record }, body }, options),
    () => {
      say(text('erase.done'));
      onClose();
    },
  );
  return (
    <RetractForm
      record={record.record}
      title={text('erase.title')}
      submitLabel={text('erase.submit')}
      isReady={sure}
      onCheck={() => setChecked(true)}
      onSubmit={erase.mutate}
      pending={erase.isPending}
      error={erase.error}
      onClose={onClose}
    >
      <p>{text('erase.note')}</p>
      <p className={styles.soft}>{text('erase.honest')}</p>
      <Checkbox
        label={text('erase.sure')}
        checked={sure}
        onChange={(event) => setSure(event.target.checked)}
        error={checked && !sure ? text('erase.sureNeeded') : undefined}
      />
    </RetractForm>
  );
}
