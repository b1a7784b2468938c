import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { permissionGrounds } from '#src/kinds/permission/words.ts';
import { client } from '#src/web/api/client.ts';
import { recordQuery } from '#src/web/api/queries.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { DayField } from '#src/web/design/day-field.tsx';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { KeyHint } from '#src/web/design/key-hint.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { Segments } from '#src/web/design/segments.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { dayAfter } from '#src/web/i18n/format.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { useNow } from '#src/web/now.tsx';
import { fieldCaption } from '#src/web/record/kind-captions.ts';
import type { PermissionDecisionInput, PermissionView } from '../contract.ts';
import { permissionsMessages } from './messages.ts';
import { PermissionTerms, usePermissionPhrase } from './permission-terms.tsx';
import styles from './permissions.module.css';
import { PortionChoice } from './portion-choice.tsx';

const proposedMonths = 6;
type Ground = (typeof permissionGrounds)[number];

/** Grants with limits and an expiry, or refuses with a ground. */
export function DecidePermissionDialog({
  view,
  request,
  onClose,
}: {
  view: PermissionView;
  request: string;
  onClose: () => void;
}) {
  const text = useText(permissionsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const now = useNow();
  const { say } = useToasts();
  const phrase = usePermissionPhrase();
  const { data: about } = useQuery(recordQuery(view.about));
  const service = nameOf(view.grantee, language);
  const [decision, setDecision] = useState<PermissionDecisionInput['decision']>('granted');
  const [portions, setPortions] = useState<readonly number[] | null>(null);
  const [validUntil, setValidUntil] = useState<string | null>(view.validUntil ?? dayAfter(now, proposedMonths));
  const [conditions, setConditions] = useState('');
  const [ground, setGround] = useState<Ground | ''>('');
  const [explanation, setExplanation] = useState('');
  const [checked, setChecked] = useState(false);
  const decide = useWrite(
    (body: PermissionDecisionInput, options) => client.decidePermission({ params: { id: request }, body }, options),
    () => {
      say(text(decision === 'granted' ? 'decide.doneGranted' : 'decide.doneRefused', { service }));
      onClose();
    },
  );
  const dayWrong = validUntil === null || validUntil < dayAfter(now, 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (decision === 'granted') {
      if (dayWrong || portions?.length === 0) return;
      decide.mutate({
        decision,
        // All that was asked for is said by its portions, where some were asked for.
        portions: portions ? [...portions] : view.portions,
        validUntil,
        ...(conditions.trim() ? { conditions: conditions.trim() } : {}),
      });
    } else if (ground !== '') {
      decide.mutate({ decision, ground, ...(explanation.trim() ? { explanation: explanation.trim() } : {}) });
    }
  };
  return (
    <Dialog title={text('decide.title', { service })} onClose={onClose}>
      <form className={dialogForm} onSubmit={submit} noValidate>
        <div className={styles.question}>
          <p>
            <strong>{phrase(view)}</strong>
          </p>
          <PermissionTerms view={view} />
        </div>
        <Segments
          label={text('decide.question')}
          value={decision}
          onChange={setDecision}
          options={(['granted', 'refused'] as const).map((value) => ({ value, label: text(`decide.${value}`) }))}
        />
        {decision === 'granted' ? (
          <>
            {about && (
              <PortionChoice
                record={about}
                among={view.portions}
                value={portions}
                onChange={setPortions}
                error={checked && portions?.length === 0 ? text('choice.needed') : undefined}
              />
            )}
            <DayField
              label={text('decide.validUntil')}
              value={validUntil}
              onChange={setValidUntil}
              error={checked && dayWrong ? text('decide.dayNeeded') : undefined}
            />
            <Textarea
              label={text('decide.conditions')}
              description={shared('optional')}
              value={conditions}
              onChange={(event) => setConditions(event.target.value)}
              rows={2}
              maxLength={2_000}
              dir="auto"
            />
          </>
        ) : (
          <>
            <NativeSelect
              label={text('decide.ground')}
              value={ground}
              onChange={({ target }) => setGround(permissionGrounds.find((one) => one === target.value) ?? '')}
              data={[
                { value: '', label: shared('choose') },
                ...permissionGrounds.map((value) => ({
                  value,
                  label: fieldCaption('permission', `ground/${value}`, language) ?? value,
                })),
              ]}
              error={checked && ground === '' ? text('decide.groundNeeded') : undefined}
            />
            <Textarea
              label={text('decide.explanation')}
              description={shared('optional')}
              value={explanation}
              onChange={(event) => setExplanation(event.target.value)}
              rows={3}
              maxLength={2_000}
              dir="auto"
            />
          </>
        )}
        <p className={styles.soft}>{text('decide.note')}</p>
        {decide.error && <ProblemNotice thrown={decide.error} />}
        <DialogActions>
          <Button type="submit" loading={decide.isPending}>
            {text(decision === 'granted' ? 'decide.submitGranted' : 'decide.submitRefused')}
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
