import { NativeSelect } from '@mantine/core';
import type { Static } from 'typebox';
import type { GradingInput } from '#src/features/contract.ts';
import { useText } from '../i18n/use-text.ts';
import { words } from '../i18n/words.ts';
import styles from './marking-fields.module.css';
import { markingMessages } from './messages.ts';

type Grading = Static<typeof GradingInput>;
export type GradingDraft = { readonly [K in keyof Grading]: Grading[K] | '' };

const sources = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
const informations = ['1', '2', '3', '4', '5', '6'] as const;

/** ACC-01: complete, or null. */
export const gradingOf = ({ source, information }: GradingDraft): Grading | null =>
  source === '' || information === '' ? null : { source, information };

/** Source and information, judged one apart from the other. */
export function GradingFields({
  grading,
  onChange,
  checked,
}: {
  grading: GradingDraft;
  onChange: (grading: GradingDraft) => void;
  /** Whether what is missing is said. */
  checked: boolean;
}) {
  const text = useText(markingMessages);
  const shared = useText(words);
  const missing = (value: string) => (checked && value === '' ? shared('required') : undefined);
  return (
    <div className={styles.pair}>
      <NativeSelect
        label={text('source')}
        value={grading.source}
        onChange={({ target }) => onChange({ ...grading, source: sources.find((one) => one === target.value) ?? '' })}
        data={[
          { value: '', label: shared('choose') },
          ...sources.map((value) => ({ value, label: `${value} · ${shared(`source.${value}`)}` })),
        ]}
        error={missing(grading.source)}
      />
      <NativeSelect
        label={text('information')}
        value={grading.information}
        onChange={({ target }) =>
          onChange({ ...grading, information: informations.find((one) => one === target.value) ?? '' })
        }
        data={[
          { value: '', label: shared('choose') },
          ...informations.map((value) => ({ value, label: `${value} · ${shared(`information.${value}`)}` })),
        ]}
        error={missing(grading.information)}
      />
    </div>
  );
}
