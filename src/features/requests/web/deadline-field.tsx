import { TextInput } from '@mantine/core';
import { DayField } from '#src/web/design/day-field.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import type { Deadline } from './deadline.ts';
import styles from './deadline-field.module.css';
import { requestsMessages } from './messages.ts';

/** Day and time by which the answer is needed; back to the usual one at a touch. */
export function DeadlineField({
  deadline,
  isUsual,
  onChange,
  error,
}: {
  deadline: Deadline;
  isUsual: boolean;
  /** Null: the usual deadline again. */
  onChange: (deadline: Deadline | null) => void;
  error: string | undefined;
}) {
  const text = useText(requestsMessages);
  return (
    <div className={styles.field} id="request-respondBy" tabIndex={-1}>
      <DayField
        label={text('form.respondBy')}
        value={deadline.day}
        onChange={(day) => onChange({ ...deadline, day })}
      />
      <TextInput
        className={styles.time}
        label={text('form.time')}
        description={text('form.timeHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={deadline.time}
        onChange={(event) => onChange({ ...deadline, time: event.target.value })}
        inputMode="numeric"
        autoComplete="off"
        maxLength={5}
        dir="ltr"
      />
      {error && <p className={styles.error}>{error}</p>}
      {!isUsual && (
        <button type="button" className={styles.usual} onClick={() => onChange(null)}>
          {text('form.backToUsual')}
        </button>
      )}
    </div>
  );
}
