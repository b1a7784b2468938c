import { Button, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { client } from '#src/web/api/client.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { partnersMessages } from './messages.ts';

export function AddPartnerDialog({ onClose }: { onClose: () => void }) {
  const text = useText(partnersMessages);
  const shared = useText(words);
  const language = useLanguage();
  const { say } = useToasts();
  const navigate = useNavigate();
  const [card, setCard] = useState('');
  const add = useWrite(
    (given: string, options) => client.addPartner({ body: { card: given } }, options),
    ({ service }) => {
      say(text('add.done', { service: nameOf(service, language) }));
      onClose();
      void navigate({ to: '/partners/$id', params: { id: service.id } });
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (card.trim()) add.mutate(card.trim());
  };
  return (
    <Dialog title={text('add.title')} onClose={onClose}>
      <form className={dialogForm} onSubmit={submit}>
        <p>{text('add.text')}</p>
        <Textarea
          label={text('add.card')}
          value={card}
          onChange={(event) => setCard(event.target.value)}
          rows={7}
          dir="ltr"
          spellCheck={false}
          required
          withAsterisk={false}
        />
        {add.error && <ProblemNotice thrown={add.error} />}
        <DialogActions>
          <Button type="submit" loading={add.isPending}>
            {text('add.submit')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {shared('cancel')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
