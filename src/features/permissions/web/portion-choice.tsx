import { Checkbox, Radio } from '@mantine/core';
import { useId } from 'react';
import type { RecordView } from '#src/features/records/contract.ts';
import { Fieldset } from '#src/web/design/fieldset.tsx';
import { Prose } from '#src/web/design/prose.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import { permissionsMessages } from './messages.ts';
import styles from './permissions.module.css';

/** Which portions of a record a permission covers: all (null), or some by their index. */
export function PortionChoice({
  record,
  among,
  value,
  onChange,
  error,
}: {
  record: Pick<RecordView, 'portions' | 'language'>;
  /** Those that were asked for; null: all. */
  among: readonly number[] | null;
  value: readonly number[] | null;
  onChange: (portions: readonly number[] | null) => void;
  error?: string | undefined;
}) {
  const text = useText(permissionsMessages);
  const name = useId();
  const offered = record.portions.filter(({ index }) => among === null || among.includes(index));
  if (offered.length < 2) return null;
  return (
    <Fieldset legend={text('choice.legend')} error={error}>
      <Radio
        name={name}
        label={text(among === null ? 'choice.all' : 'choice.allAsked')}
        checked={value === null}
        onChange={() => onChange(null)}
      />
      <Radio name={name} label={text('choice.some')} checked={value !== null} onChange={() => onChange([])} />
      {value !== null && (
        <ul className={styles.choices}>
          {offered.map((portion) => (
            <li key={portion.index}>
              <Checkbox
                label={text('choice.portion', { number: portion.index + 1 })}
                checked={value.includes(portion.index)}
                onChange={(event) =>
                  onChange(
                    event.target.checked
                      ? [...value, portion.index].toSorted((one, other) => one - other)
                      : value.filter((index) => index !== portion.index),
                  )
                }
              />
              <Prose language={record.language} className={styles.excerpt}>
                {portion.text}
              </Prose>
            </li>
          ))}
        </ul>
      )}
    </Fieldset>
  );
}
