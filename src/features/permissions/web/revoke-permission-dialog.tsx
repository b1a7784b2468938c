import { Button, NativeSelect, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { permissionGrounds } from '#src/kinds/permission/words.ts';
import { client } from '#src/web/api/client.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { KeyHint } from '#src/web/design/key-hint.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { fieldCaption } from '#src/web/record/kind-captions.ts';
import type { PermissionView } from '../contract.ts';
import { permissionsMessages } from './messages.ts';
import { usePermissionPhrase } from './permission-terms.tsx';

type Ground = (typeof permissionGrounds)[number];

export function RevokePermissionDialog({
  view,
  permission,
  onClose,
}: {
  view: PermissionView;
  permission: string;
  onClose: () => void;
}) {
  const text = useText(permissionsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const { say } = useToasts();
  const phrase = usePermissionPhrase();
  const [ground, setGround] = useState<Ground | ''>('');
  const [explanation, setExplanation] = useState('');
  const [checked, setChecked] = useState(false);
  const revoke = useWrite(
    (body: { ground: Ground; explanation?: string }, options) =>
      client.revokePermission({ params: { id: permission }, body }, options),
    () => {
      say(text('revoke.done'));
      onClose();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (ground === '') return;
    revoke.mutate({ ground, ...(explanation.trim() ? { explanation: explanation.trim() } : {}) });
  };
  return (
    <Dialog title={text('revoke.title', { service: nameOf(view.grantee, language) })} onClose={onClose}>
      <form className={dialogForm} onSubmit={submit} noValidate>
        <p>
          <strong>{phrase(view)}</strong>
        </p>
        <p>{text('revoke.note')}</p>
        <NativeSelect
          label={text('ground')}
          value={ground}
          onChange={({ target }) => setGround(permissionGrounds.find((one) => one === target.value) ?? '')}
          data={[
            { value: '', label: shared('choose') },
            ...permissionGrounds.map((value) => ({
              value,
              label: fieldCaption('permission', `ground/${value}`, language) ?? value,
            })),
          ]}
          error={checked && ground === '' ? shared('required') : undefined}
        />
        <Textarea
          label={text('explanation')}
          description={shared('optional')}
          value={explanation}
          onChange={(event) => setExplanation(event.target.value)}
          rows={3}
          maxLength={2_000}
          dir="auto"
        />
        {revoke.error && <ProblemNotice thrown={revoke.error} />}
        <DialogActions>
          <Button type="submit" loading={revoke.isPending}>
            {text('revoke.submit')}
            <KeyHint>Ctrl Enter</KeyHint>
          </Button>
          <Button variant="default" onClick={onClose}>
            {shared('cancel')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
