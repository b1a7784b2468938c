import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { client } from '#src/web/api/client.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { Fieldset } from '#src/web/design/fieldset.tsx';
import { KeyHint } from '#src/web/design/key-hint.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { Segments } from '#src/web/design/segments.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import type { ActionDialogProps } from '#src/web/record/actions.tsx';
import { fieldCaption } from '#src/web/record/kind-captions.ts';
import { type OutcomeInput, outcomeResults } from '../contract.ts';
import { decisionsMessages } from './messages.ts';
import styles from './outcome-dialog.module.css';
import { type Result, resultsOf } from './results.ts';

export default function OutcomeDialog({ record, onClose }: ActionDialogProps) {
  const text = useText(decisionsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const { say } = useToasts();
  const service = nameOf(record.origin, language);
  const [chosen, setChosen] = useState<ReadonlyMap<Result, string>>(new Map());
  const [account, setAccount] = useState('');
  const [nature, setNature] = useState<OutcomeInput['nature']>('fact');
  const [checked, setChecked] = useState(false);
  const report = useWrite(
    (body: OutcomeInput, options) => client.reportOutcome({ params: { id: record.record }, body }, options),
    () => {
      say(text('outcome.done', { service }));
      onClose();
    },
  );
  const choose = (result: Result, on: boolean) => {
    const next = new Map(chosen);
    // “None yet” stands alone: beside an arrest it would be untrue.
    if (on && result === 'none-yet') next.clear();
    else next.delete('none-yet');
    if (on) next.set(result, '1');
    else next.delete(result);
    setChosen(next);
  };
  const results = resultsOf(chosen);
  const resultsError =
    chosen.size === 0 ? text('outcome.chooseOne') : results === null ? text('outcome.countNeeded') : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (resultsError || !results || account.trim() === '') return;
    report.mutate({ results, text: account, nature });
  };
  return (
    <Dialog title={text('outcome.title')} onClose={onClose}>
      <form className={dialogForm} onSubmit={submit}>
        <p>{text('outcome.note', { service })}</p>
        <Fieldset legend={text('outcome.results')} error={checked ? resultsError : undefined}>
          {outcomeResults.map((result) => {
            const caption = fieldCaption('outcome', `result/${result}`, language) ?? result;
            return (
              <div key={result} className={styles.result}>
                <Checkbox
                  label={caption}
                  checked={chosen.has(result)}
                  onChange={(event) => choose(result, event.target.checked)}
                />
                {chosen.has(result) && result !== 'none-yet' && (
                  <TextInput
                    aria-label={`${text('outcome.count')}: ${caption}`}
                    inputMode="numeric"
                    className={styles.count}
                    value={chosen.get(result)}
                    onChange={(event) => setChosen(new Map(chosen).set(result, event.target.value))}
                  />
                )}
              </div>
            );
          })}
        </Fieldset>
        <Textarea
          label={text('outcome.text')}
          value={account}
          onChange={(event) => setAccount(event.target.value)}
          rows={5}
          maxLength={20_000}
          dir="auto"
          error={checked && account.trim() === '' ? text('outcome.textNeeded') : undefined}
        />
        <Segments
          label={text('outcome.nature')}
          value={nature}
          onChange={setNature}
          options={(['fact', 'assessment'] as const).map((value) => ({ value, label: shared(`nature.${value}`) }))}
        />
        {report.error && <ProblemNotice thrown={report.error} />}
        <DialogActions>
          <Button type="submit" loading={report.isPending}>
            {text('outcome.submit')}
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
