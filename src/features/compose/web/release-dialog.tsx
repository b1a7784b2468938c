import { Button, Checkbox } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type FormEvent, lazy, Suspense, useState } from 'react';
import { client } from '#src/web/api/client.ts';
import { holdersQuery, partnersQuery } from '#src/web/api/queries.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { Fieldset } from '#src/web/design/fieldset.tsx';
import { KeyHint } from '#src/web/design/key-hint.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import type { ActionDialogProps } from '#src/web/record/actions.tsx';
import type { ReleasePreview } from '../contract.ts';
import { composeMessages } from './messages.ts';
import { Gets } from './recipients.tsx';
import styles from './release-dialog.module.css';
import { TornText } from './torn-text.tsx';

const AskOrigin = lazy(() => import('#src/web/record/ask-origin.tsx'));

/** Gives a record to further services: what each would see, torn where it would not, stands here before it is sent. */
export default function ReleaseDialog({ record, onClose }: ActionDialogProps) {
  const text = useText(composeMessages);
  const shared = useText(words);
  const language = useLanguage();
  const { say } = useToasts();
  const { offered, error } = useOffered(record);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [holdBack, setHoldBack] = useState<readonly number[]>([]);
  const [checked, setChecked] = useState(false);
  const [given, setGiven] = useState<readonly ReleasePreview[]>([]);
  const [asking, setAsking] = useState(false);
  const preview = usePreview(record.record, chosen, holdBack);
  const shown = given.length > 0 ? given : preview.previews;
  const release = useWrite(
    (recipients: readonly string[], options) =>
      client.releaseRecord({ params: { id: record.record }, body: inputOf(recipients, holdBack) }, options),
    ({ previews }) => {
      // What nobody expected stays on the screen: a policy changed between the preview and the release.
      if (previews.some(({ refusal }) => refusal)) return setGiven(previews);
      say(text('release.done'));
      onClose();
    },
  );
  const nobody = chosen.length > 0 && shown.length > 0 && shown.every(({ refusal }) => refusal !== null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (chosen.length > 0 && !nobody) release.mutate(chosen);
  };
  if (asking) {
    return (
      <Suspense fallback={null}>
        <AskOrigin record={record} use="onward" onClose={onClose} />
      </Suspense>
    );
  }
  const needsPermission = !record.ours && shown.some(({ refusal }) => refusal !== null);
  return (
    <Dialog title={text('release.title')} onClose={onClose} wide>
      <form className={dialogForm} onSubmit={submit}>
        <p>{text(record.ours ? 'release.text' : 'release.onward', { service: nameOf(record.origin, language) })}</p>
        {error !== null && error !== undefined && <ProblemNotice thrown={error} />}
        {offered?.length === 0 && <p>{text('release.everyone')}</p>}
        {offered && offered.length > 0 && (
          <Fieldset
            legend={text('field.recipients')}
            error={checked && chosen.length === 0 ? text('release.choose') : undefined}
          >
            {offered.map(({ service }) => (
              <Checkbox
                key={service.id}
                label={nameOf(service, language)}
                checked={chosen.includes(service.id)}
                disabled={given.length > 0}
                onChange={(event) =>
                  setChosen(event.target.checked ? [...chosen, service.id] : chosen.filter((id) => id !== service.id))
                }
              />
            ))}
          </Fieldset>
        )}
        {record.ours && record.portions.length > 1 && (
          <Fieldset legend={text('release.holdBack')}>
            {record.portions.map(({ index }) => (
              <Checkbox
                key={index}
                label={text('release.portion', { number: index + 1 })}
                checked={holdBack.includes(index)}
                disabled={given.length > 0}
                onChange={(event) =>
                  setHoldBack(event.target.checked ? [...holdBack, index] : holdBack.filter((one) => one !== index))
                }
              />
            ))}
          </Fieldset>
        )}
        <div aria-live="polite" className={styles.previews}>
          {shown.map((one) => (
            <div key={one.recipient.id}>
              <h3>{nameOf(one.recipient, language)}</h3>
              <Gets preview={one} />
            </div>
          ))}
          {shown.some(({ refusal }) => refusal === null) && <TornText record={record} previews={shown} />}
        </div>
        {preview.error !== null && preview.error !== undefined && <ProblemNotice thrown={preview.error} />}
        {release.error && <ProblemNotice thrown={release.error} />}
        <DialogActions>
          {given.length === 0 && (
            <Button type="submit" loading={release.isPending} disabled={offered?.length === 0 || nobody}>
              {text('release.submit')}
              <KeyHint>Ctrl Enter</KeyHint>
            </Button>
          )}
          {needsPermission && record.allowed.includes('ask-permission') && (
            <Button variant="default" onClick={() => setAsking(true)}>
              {text('release.ask', { service: nameOf(record.origin, language) })}
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

function inputOf(recipients: readonly string[], holdBack: readonly number[]) {
  return { recipients: [...recipients], ...(holdBack.length > 0 && { holdBack: [...holdBack] }) };
}

/** Partners that do not have this revision yet; whose information it is has it. */
function useOffered(record: ActionDialogProps['record']) {
  const { data: partners, error } = useQuery(partnersQuery);
  const { data: holders } = useQuery(holdersQuery(record.record));
  const had = new Set([
    record.origin.id,
    ...record.deliveries.filter(({ refusal }) => !refusal).map(({ recipient }) => recipient.id),
    ...(holders ?? [])
      .filter(({ via, revision }) => via.length === 0 && revision === record.revision)
      .map(({ service }) => service.id),
  ]);
  const offered = partners?.filter(({ service, revokedAt }) => revokedAt === null && !had.has(service.id));
  return { offered, error: partners ? null : error };
}

/** The release itself, taken back: nothing can differ from what will be sent. */
function usePreview(record: string, recipients: readonly string[], holdBack: readonly number[]) {
  const { data, error } = useQuery({
    // Under the topic of partners: an agreement that begins or ends changes what each would get.
    queryKey: ['partners', 'release-preview', record, ...recipients, holdBack],
    queryFn: ({ signal }) =>
      client.previewRecordRelease({ params: { id: record }, body: inputOf(recipients, holdBack) }, { signal }),
    enabled: recipients.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
  });
  const previews = recipients.length > 0 ? (data ?? []) : [];
  return {
    previews: previews.filter(({ recipient }) => recipients.includes(recipient.id)),
    error: recipients.length > 0 ? error : null,
  };
}
