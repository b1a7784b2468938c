import { Button, Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { client } from '#src/web/api/client.ts';
import { partnersQuery } from '#src/web/api/queries.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { Fieldset } from '#src/web/design/fieldset.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import type { ActionDialogProps } from '#src/web/record/actions.tsx';
import type { ReleasePreview } from '../contract.ts';
import { composeMessages } from './messages.ts';
import { Gets } from './recipients.tsx';

/** Gives a record of our own to further partners; what was not given, and why, stays on the screen. */
export default function ReleaseDialog({ record, onClose }: ActionDialogProps) {
  const text = useText(composeMessages);
  const shared = useText(words);
  const language = useLanguage();
  const { say } = useToasts();
  const { data: partners, error } = useQuery(partnersQuery);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [checked, setChecked] = useState(false);
  const [given, setGiven] = useState<readonly ReleasePreview[]>([]);
  const had = new Set(record.deliveries.filter(({ refusal }) => !refusal).map(({ recipient }) => recipient.id));
  const offered = (partners ?? []).filter(({ service, revokedAt }) => revokedAt === null && !had.has(service.id));
  const release = useWrite(
    (recipients: readonly string[], options) =>
      client.releaseRecord({ params: { id: record.record }, body: { recipients: [...recipients] } }, options),
    ({ previews }) => {
      if (previews.some(({ refusal, withheld }) => refusal || withheld.length > 0)) return setGiven(previews);
      say(text('release.done'));
      onClose();
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (chosen.length > 0) release.mutate(chosen);
  };
  return (
    <Dialog title={text('release.title')} onClose={onClose}>
      <form className={dialogForm} onSubmit={submit}>
        <p>{text('release.text')}</p>
        {error && !partners && <ProblemNotice thrown={error} />}
        {partners && offered.length === 0 && <p>{text('release.everyone')}</p>}
        <Fieldset
          legend={text('field.recipients')}
          error={checked && chosen.length === 0 ? text('release.choose') : undefined}
        >
          {offered.map(({ service }) => (
            <Checkbox
              key={service.id}
              label={nameOf(service, language)}
              checked={chosen.includes(service.id)}
              onChange={(event) =>
                setChosen(event.target.checked ? [...chosen, service.id] : chosen.filter((id) => id !== service.id))
              }
            />
          ))}
        </Fieldset>
        {given.map((preview) => (
          <div key={preview.recipient.id}>
            <h3>{nameOf(preview.recipient, language)}</h3>
            <Gets preview={preview} />
          </div>
        ))}
        {release.error && <ProblemNotice thrown={release.error} />}
        <DialogActions>
          {given.length === 0 && (
            <Button type="submit" loading={release.isPending} disabled={offered.length === 0}>
              {text('release.submit')}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {shared(given.length === 0 ? 'cancel' : 'close')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
