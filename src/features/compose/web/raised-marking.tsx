import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { meQuery, partnersQuery } from '#src/web/api/queries.ts';
import { Fieldset } from '#src/web/design/fieldset.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { LevelChoice } from '#src/web/marking/level-choice.tsx';
import type { RaisedMarking } from './draft.ts';
import { composeMessages } from './messages.ts';
import type { Frame } from './portion-editor.tsx';
import styles from './raised-marking.module.css';

/** What one portion demands beyond its report: a higher level, further compartments, fewer readers. */
export function RaisedMarkingFields({
  raised,
  frame,
  onChange,
}: {
  raised: RaisedMarking;
  frame: Frame;
  onChange: (raised: RaisedMarking | null) => void;
}) {
  const text = useText(composeMessages);
  const language = useLanguage();
  const { data: me } = useQuery(meQuery);
  const { data: partners } = useQuery(partnersQuery);
  const chosen = (partners ?? []).filter(({ service }) => frame.recipients.includes(service.id));
  const further = (me?.compartments ?? []).filter((one) => !frame.compartments.includes(one));
  const toggle = (values: readonly string[], value: string, on: boolean) =>
    on ? [...values, value] : values.filter((one) => one !== value);
  return (
    <div className={styles.fields}>
      <LevelChoice
        label={text('portion.raised')}
        value={raised.level < frame.level ? frame.level : raised.level}
        from={frame.level}
        onChange={(level) => onChange({ ...raised, level })}
      />
      {further.length > 0 && (
        <Fieldset legend={text('field.compartments')}>
          {further.map((compartment) => (
            <Checkbox
              key={compartment}
              label={<bdi>{compartment}</bdi>}
              checked={raised.compartments.includes(compartment)}
              onChange={(event) =>
                onChange({ ...raised, compartments: toggle(raised.compartments, compartment, event.target.checked) })
              }
            />
          ))}
        </Fieldset>
      )}
      {chosen.length > 0 && (
        <Fieldset legend={text('portion.onlyFor')}>
          {chosen.map(({ service }) => {
            const everyone = chosen.map((partner) => partner.service.id);
            const given = raised.onlyFor ?? everyone;
            return (
              <Checkbox
                key={service.id}
                label={nameOf(service, language)}
                checked={given.includes(service.id)}
                onChange={(event) => {
                  const only = toggle(given, service.id, event.target.checked);
                  onChange({ ...raised, onlyFor: everyone.every((id) => only.includes(id)) ? null : only });
                }}
              />
            );
          })}
        </Fieldset>
      )}
      <button type="button" className={styles.lower} onClick={() => onChange(null)}>
        {text('portion.lower')}
      </button>
    </div>
  );
}
