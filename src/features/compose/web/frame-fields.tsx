import { Checkbox, NativeSelect, Radio, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { languages } from '#src/protocol/primitives.ts';
import { recordLimits } from '#src/protocol/record/record.ts';
import { meQuery } from '#src/web/api/queries.ts';
import { DayField } from '#src/web/design/day-field.tsx';
import { Fieldset } from '#src/web/design/fieldset.tsx';
import { Segments } from '#src/web/design/segments.tsx';
import { dayAfter } from '#src/web/i18n/format.ts';
import { directionOf, ownName } from '#src/web/i18n/languages.ts';
import { useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { LevelChoice } from '#src/web/marking/level-choice.tsx';
import { useNow } from '#src/web/now.tsx';
import { reportTypes, urgencies } from '../contract.ts';
import { type Draft, informations, isBlank, paps, purposes, sources, tlps } from './draft.ts';
import styles from './frame-fields.module.css';
import type { Floor } from './inheritance.ts';
import { composeMessages } from './messages.ts';
import { useProblemText } from './problems.tsx';
import type { DraftProblem } from './report-input.ts';
import type { DraftDesk } from './use-draft.ts';

interface Fields {
  readonly draft: Draft;
  readonly change: DraftDesk['change'];
}
interface CheckedFields extends Fields {
  readonly problems: readonly DraftProblem[];
}

function useErrors(problems: readonly DraftProblem[]): (field: DraftProblem['field']) => string | undefined {
  const say = useProblemText();
  return (field) => {
    const problem = problems.find((one) => one.field === field);
    return problem && say(problem);
  };
}

export function OpeningFields({ draft, change, problems }: CheckedFields) {
  const text = useText(composeMessages);
  const shared = useText(words);
  const errorOf = useErrors(problems);
  const now = useNow();
  return (
    <div className={styles.group}>
      <div className={styles.row}>
        <Segments
          label={text('field.reportType')}
          value={draft.reportType}
          onChange={(reportType) => change({ reportType })}
          options={reportTypes.map((value) => ({ value, label: text(`type.${value}`) }))}
        />
        <Segments
          label={text('field.urgency')}
          value={draft.urgency}
          onChange={(urgency) => change({ urgency })}
          options={urgencies.map((value) => ({ value, label: shared(`urgency.${value}`) }))}
        />
        <Segments
          label={text('field.language')}
          value={draft.language}
          onChange={(language) => change({ language })}
          options={languages.map((value) => ({ value, label: ownName[value], lang: value }))}
        />
      </div>
      <TextInput
        id="compose-title"
        size="md"
        label={text('field.title')}
        placeholder={text('titleHint')}
        value={draft.title}
        lang={draft.language}
        dir={draft.title === '' ? undefined : directionOf(draft.language)}
        maxLength={recordLimits.titleCharactersMax}
        onChange={(event) => change({ title: event.target.value })}
        error={errorOf('title')}
      />
      {draft.respondBy === null ? (
        <button type="button" className={styles.more} onClick={() => change({ respondBy: dayAfter(now, 1) })}>
          {text('field.addRespondBy')}
        </button>
      ) : (
        <div className={styles.row}>
          <DayField
            label={text('field.respondBy')}
            value={draft.respondBy}
            onChange={(respondBy) => respondBy && change({ respondBy })}
          />
          <button type="button" className={styles.more} onClick={() => change({ respondBy: null })}>
            {text('field.removeRespondBy')}
          </button>
        </div>
      )}
    </div>
  );
}

export function GradingFields({ draft, change, problems }: CheckedFields) {
  const text = useText(composeMessages);
  const shared = useText(words);
  const errorOf = useErrors(problems);
  return (
    <section className={styles.group} aria-label={text('grading')}>
      <h2>{text('grading')}</h2>
      <div className={styles.pair}>
        <NativeSelect
          id="compose-source"
          label={text('field.source')}
          value={draft.source}
          onChange={(event) => change({ source: sources.find((one) => one === event.target.value) ?? '' })}
          data={[
            { value: '', label: shared('choose') },
            ...sources.map((value) => ({ value, label: `${value} · ${shared(`source.${value}`)}` })),
          ]}
          error={errorOf('source')}
        />
        <NativeSelect
          id="compose-information"
          label={text('field.information')}
          value={draft.information}
          onChange={(event) => change({ information: informations.find((one) => one === event.target.value) ?? '' })}
          data={[
            { value: '', label: shared('choose') },
            ...informations.map((value) => ({ value, label: `${value} · ${shared(`information.${value}`)}` })),
          ]}
          error={errorOf('information')}
        />
      </div>
      <p className={styles.soft}>{text('gradingHint')}</p>
    </section>
  );
}

export function MarkingFields({ draft, change, floor }: Fields & { floor: Floor | null }) {
  const text = useText(composeMessages);
  const shared = useText(words);
  const { data: me } = useQuery(meQuery);
  const toggle = (compartment: string, on: boolean) =>
    change((now) => ({
      compartments: on ? [...now.compartments, compartment] : now.compartments.filter((one) => one !== compartment),
    }));
  const free = !draft.notInCourt && !draft.notOnward && isBlank(draft.condition);
  return (
    <section className={styles.group} aria-label={text('markingTitle')}>
      <h2>{text('markingTitle')}</h2>
      <LevelChoice
        label={text('field.level')}
        value={draft.level}
        from={floor?.level ?? 0}
        onChange={(level) => change({ level })}
      />
      {me && me.compartments.length > 0 && (
        <Fieldset legend={text('field.compartments')}>
          {me.compartments.map((compartment) => (
            <Checkbox
              key={compartment}
              label={<bdi>{compartment}</bdi>}
              checked={draft.compartments.includes(compartment)}
              disabled={floor?.compartments.includes(compartment) ?? false}
              onChange={(event) => toggle(compartment, event.target.checked)}
            />
          ))}
        </Fieldset>
      )}
      <Fieldset legend={text('handlingTitle')}>
        <Checkbox
          label={text('handling.notInCourt')}
          checked={draft.notInCourt}
          onChange={(event) => change({ notInCourt: event.target.checked })}
        />
        <Checkbox
          label={text('handling.notOnward')}
          checked={draft.notOnward}
          onChange={(event) => change({ notOnward: event.target.checked })}
        />
        <TextInput
          aria-label={text('handling.condition')}
          placeholder={text('handling.condition')}
          value={draft.condition}
          maxLength={500}
          dir={draft.condition === '' ? undefined : 'auto'}
          onChange={(event) => change({ condition: event.target.value })}
        />
        {free && <p className={styles.soft}>{text('handling.free')}</p>}
      </Fieldset>
      <Fieldset legend={text('audience.title')}>
        {(['any', 'recipients'] as const).map((audience) => (
          <Radio
            key={audience}
            name="audience"
            value={audience}
            label={text(`audience.${audience}`)}
            checked={draft.audience === audience}
            onChange={() => change({ audience })}
          />
        ))}
      </Fieldset>
      <div className={styles.pair}>
        <NativeSelect
          label={text('field.tlp')}
          value={draft.tlp}
          onChange={(event) => change({ tlp: tlps.find((one) => one === event.target.value) ?? '' })}
          data={[
            { value: '', label: shared('none') },
            ...tlps.map((value) => ({ value, label: shared(`tlp.${value}`) })),
          ]}
        />
        <NativeSelect
          label={text('field.pap')}
          value={draft.pap}
          onChange={(event) => change({ pap: paps.find((one) => one === event.target.value) ?? '' })}
          data={[
            { value: '', label: shared('none') },
            ...paps.map((value) => ({ value, label: shared(`pap.${value}`) })),
          ]}
        />
      </div>
    </section>
  );
}

export function GroundsFields({ draft, change, problems }: CheckedFields) {
  const text = useText(composeMessages);
  const shared = useText(words);
  const errorOf = useErrors(problems);
  const now = useNow();
  return (
    <section className={styles.group} aria-label={text('groundsTitle')}>
      <h2>{text('groundsTitle')}</h2>
      <div className={styles.pair}>
        <NativeSelect
          label={text('field.purpose')}
          value={draft.purpose}
          onChange={(event) => change({ purpose: purposes.find((one) => one === event.target.value) ?? draft.purpose })}
          data={purposes.map((value) => ({ value, label: shared(`purpose.${value}`) }))}
        />
        <TextInput
          id="compose-legalBasis"
          label={text('field.legalBasis')}
          value={draft.legalBasis}
          maxLength={recordLimits.legalBasisCharactersMax}
          dir={draft.legalBasis === '' ? undefined : 'auto'}
          onChange={(event) => change({ legalBasis: event.target.value })}
          error={errorOf('legalBasis')}
        />
      </div>
      <div className={styles.row} id="compose-reviewBy">
        <DayField
          label={text('field.reviewBy')}
          value={draft.reviewBy}
          onChange={(reviewBy) => change({ reviewBy })}
          error={errorOf('reviewBy')}
        />
        <div className={styles.quick}>
          {([6, 12, 36] as const).map((months) => (
            <button
              key={months}
              type="button"
              className={styles.more}
              onClick={() => change({ reviewBy: dayAfter(now, months) })}
            >
              {text(`reviewQuick.${months}`)}
            </button>
          ))}
        </div>
      </div>
    </section>
  );
}
