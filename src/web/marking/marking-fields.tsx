import { Checkbox, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../api/queries.ts';
import { Fieldset } from '../design/fieldset.tsx';
import { useText } from '../i18n/use-text.ts';
import { LevelChoice } from './level-choice.tsx';
import type { MarkingDraft } from './marking-draft.ts';
import styles from './marking-fields.module.css';
import { markingMessages } from './messages.ts';

/** Level, compartments and conditions of what is being written; no more than the officer's own clearance is offered. */
export function MarkingFields({
  marking,
  onChange,
}: {
  marking: MarkingDraft;
  onChange: (marking: MarkingDraft) => void;
}) {
  const text = useText(markingMessages);
  const { data: me } = useQuery(meQuery);
  const free = !marking.notInCourt && !marking.notOnward && marking.condition.trim() === '';
  const compartments = [...new Set([...(me?.compartments ?? []), ...marking.compartments])];
  return (
    <div className={styles.fields}>
      <LevelChoice label={text('level')} value={marking.level} onChange={(level) => onChange({ ...marking, level })} />
      {compartments.length > 0 && (
        <Fieldset legend={text('compartments')}>
          {compartments.map((compartment) => (
            <Checkbox
              key={compartment}
              label={<bdi>{compartment}</bdi>}
              checked={marking.compartments.includes(compartment)}
              onChange={(event) =>
                onChange({
                  ...marking,
                  compartments: event.target.checked
                    ? [...marking.compartments, compartment]
                    : marking.compartments.filter((one) => one !== compartment),
                })
              }
            />
          ))}
        </Fieldset>
      )}
      <Fieldset legend={text('handling')}>
        <Checkbox
          label={text('notInCourt')}
          checked={marking.notInCourt}
          onChange={(event) => onChange({ ...marking, notInCourt: event.target.checked })}
        />
        <Checkbox
          label={text('notOnward')}
          checked={marking.notOnward}
          onChange={(event) => onChange({ ...marking, notOnward: event.target.checked })}
        />
        <TextInput
          aria-label={text('condition')}
          placeholder={text('condition')}
          value={marking.condition}
          maxLength={500}
          dir={marking.condition === '' ? undefined : 'auto'}
          onChange={(event) => onChange({ ...marking, condition: event.target.value })}
        />
        {free && <p className={styles.soft}>{text('free')}</p>}
      </Fieldset>
    </div>
  );
}
