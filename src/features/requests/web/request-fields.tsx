import { Checkbox, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import { requestUrgencies } from '#src/kinds/request/words.ts';
import { languages } from '#src/protocol/primitives.ts';
import { recordLimits } from '#src/protocol/record/record.ts';
import { Fieldset } from '#src/web/design/fieldset.tsx';
import { Segments } from '#src/web/design/segments.tsx';
import { directionOf, ownName } from '#src/web/i18n/languages.ts';
import { useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { MarkingFields } from '#src/web/marking/marking-fields.tsx';
import { useNow } from '#src/web/now.tsx';
import { DeadlineField } from './deadline-field.tsx';
import { requestsMessages } from './messages.ts';
import { deadlineOf, type RequestDraft, type RequestField } from './request-draft.ts';
import styles from './request-form-page.module.css';

interface Fields {
  readonly draft: RequestDraft;
  readonly change: (wanted: Partial<RequestDraft>) => void;
}
interface CheckedFields extends Fields {
  readonly errorOf: (field: RequestField) => string | undefined;
}
const purposes = ['terrorism-prevention', 'terrorism-investigation', 'organised-crime', 'border-security'] as const;

/** What is asked, and why: a portion each. */
export function QuestionFields({ draft, change, errorOf }: CheckedFields) {
  const text = useText(requestsMessages);
  const inLanguage = (typed: string) => ({
    lang: draft.language,
    dir: typed === '' ? undefined : directionOf(draft.language),
  });
  return (
    <div className={styles.group}>
      <Segments
        label={text('form.language')}
        value={draft.language}
        onChange={(language) => change({ language })}
        options={languages.map((value) => ({ value, label: ownName[value], lang: value }))}
      />
      <TextInput
        id="request-title"
        size="md"
        label={text('form.name')}
        placeholder={text('form.nameHint')}
        value={draft.title}
        {...inLanguage(draft.title)}
        maxLength={recordLimits.titleCharactersMax}
        onChange={(event) => change({ title: event.target.value })}
        error={errorOf('title')}
      />
      {(['question', 'reasons'] as const).map((field) => (
        <Textarea
          key={field}
          id={`request-${field}`}
          label={text(`form.${field}`)}
          placeholder={text(`form.${field}Hint`)}
          value={draft[field]}
          {...inLanguage(draft[field])}
          rows={field === 'question' ? 5 : 4}
          maxLength={recordLimits.portionCharactersMax}
          onChange={(event) => change({ [field]: event.target.value })}
          error={errorOf(field)}
        />
      ))}
    </div>
  );
}

/** How urgent, why so, and until when; the usual deadline is proposed. */
export function UrgencyFields({ draft, change, errorOf }: CheckedFields) {
  const text = useText(requestsMessages);
  const shared = useText(words);
  const now = useNow();
  return (
    <div className={styles.group}>
      <div className={styles.row}>
        <Segments
          label={text('form.urgency')}
          value={draft.urgency}
          onChange={(urgency) => change({ urgency })}
          options={requestUrgencies.map((value) => ({ value, label: shared(`urgency.${value}`) }))}
        />
        <p className={styles.soft}>{text(`form.usual.${draft.urgency}`)}</p>
      </div>
      {draft.urgency !== 'routine' && (
        <TextInput
          id="request-urgencyReason"
          label={text('form.urgencyReason')}
          value={draft.urgencyReason}
          maxLength={2_000}
          dir={draft.urgencyReason === '' ? undefined : 'auto'}
          onChange={(event) => change({ urgencyReason: event.target.value })}
          error={errorOf('urgencyReason')}
        />
      )}
      <DeadlineField
        deadline={deadlineOf(draft, now)}
        isUsual={draft.deadline === null}
        onChange={(deadline) => change({ deadline })}
        error={errorOf('respondBy')}
      />
    </div>
  );
}

export function GroundsFields({ draft, change, errorOf }: CheckedFields) {
  const text = useText(requestsMessages);
  const shared = useText(words);
  return (
    <section className={styles.group} aria-label={text('form.grounds')}>
      <h2>{text('form.grounds')}</h2>
      <div className={styles.pair}>
        <NativeSelect
          label={text('form.purpose')}
          value={draft.purpose}
          onChange={(event) => change({ purpose: purposes.find((one) => one === event.target.value) ?? draft.purpose })}
          data={purposes.map((value) => ({ value, label: shared(`purpose.${value}`) }))}
        />
        <TextInput
          id="request-legalBasis"
          label={text('form.legalBasis')}
          value={draft.legalBasis}
          maxLength={recordLimits.legalBasisCharactersMax}
          dir={draft.legalBasis === '' ? undefined : 'auto'}
          onChange={(event) => change({ legalBasis: event.target.value })}
          error={errorOf('legalBasis')}
        />
      </div>
      <Checkbox
        label={text('form.judicial')}
        description={text('form.judicialHint')}
        checked={draft.judicial}
        onChange={(event) => change({ judicial: event.target.checked })}
      />
    </section>
  );
}

export function MarkingSection({ draft, change }: Fields) {
  const text = useText(requestsMessages);
  return (
    <section className={styles.group} aria-label={text('form.marking')}>
      <h2>{text('form.marking')}</h2>
      <MarkingFields marking={draft.marking} onChange={(marking) => change({ marking })} />
      <Fieldset legend={text('form.audience')}>
        {(['recipients', 'any'] as const).map((audience) => (
          <Radio
            key={audience}
            name="audience"
            value={audience}
            label={text(`form.audiences.${audience}`)}
            checked={draft.audience === audience}
            onChange={() => change({ audience })}
          />
        ))}
      </Fieldset>
    </section>
  );
}
