import { NativeSelect, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { correctionGrounds } from '#src/kinds/correction/words.ts';
import { holdersQuery } from '#src/web/api/queries.ts';
import { DayField } from '#src/web/design/day-field.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { nameOf, ServiceName } from '#src/web/design/service-name.tsx';
import { dayAfter, list } from '#src/web/i18n/format.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { useNow } from '#src/web/now.tsx';
import { fieldCaption } from '#src/web/record/kind-captions.ts';
import styles from './corrections.module.css';
import { correctionsMessages } from './messages.ts';
import { groundNamed, type WholeWhy, type Why, wholeWhy } from './why.ts';

const answerDays = 14;
const dayMs = 86_400_000;

/** What is typed of the reason, and the reason once it is whole. */
export function useWhy(): { why: Why; change: (part: Partial<Why>) => void; whole: WholeWhy | null } {
  const now = useNow();
  const [why, setWhy] = useState<Why>(() => ({
    ground: '',
    explanation: '',
    respondBy: dayAfter(now + answerDays * dayMs, 0),
  }));
  const change = (part: Partial<Why>) => setWhy((before) => ({ ...before, ...part }));
  return { why, change, whole: wholeWhy(why, dayAfter(now, 0)) };
}

/** Ground, explanation and the day by which an answer is needed. */
export function WhyFields({
  why,
  change,
  checked,
}: {
  why: Why;
  change: (part: Partial<Why>) => void;
  checked: boolean;
}) {
  const text = useText(correctionsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const now = useNow();
  const dayWrong = why.respondBy === null || why.respondBy < dayAfter(now, 0);
  return (
    <>
      <NativeSelect
        label={text('why.ground')}
        value={why.ground}
        onChange={(event) => change({ ground: groundNamed(event.target.value) })}
        data={[
          { value: '', label: shared('choose') },
          ...correctionGrounds.map((value) => ({
            value,
            label: fieldCaption('correction', `ground/${value}`, language) ?? value,
          })),
        ]}
        error={checked && why.ground === '' ? text('why.groundNeeded') : undefined}
      />
      <Textarea
        label={text('why.explanation')}
        description={text('why.explanationHint')}
        value={why.explanation}
        onChange={(event) => change({ explanation: event.target.value })}
        rows={3}
        maxLength={2_000}
        dir="auto"
        error={checked && why.explanation.trim() === '' ? text('why.explanationNeeded') : undefined}
      />
      <DayField
        label={text('why.respondBy')}
        value={why.respondBy}
        onChange={(respondBy) => change({ respondBy })}
        error={checked && dayWrong ? text('why.dayNeeded') : undefined}
      />
    </>
  );
}

/** Everyone who will be told, before it is signed. */
export function Told({ record }: { record: string }) {
  const text = useText(correctionsMessages);
  const language = useLanguage();
  const { data: holders, error } = useQuery(holdersQuery(record));
  if (error && !holders) return <ProblemNotice thrown={error} />;
  if (!holders) return null;
  if (holders.length === 0) return <p className={styles.soft}>{text('why.nobody')}</p>;
  return (
    <div className={styles.told}>
      <p>{text('why.told', { count: holders.length })}</p>
      <ul>
        {holders.map(({ service, via }) => (
          <li key={[...via, service].map(({ id }) => id).join(' ')}>
            {via.length === 0 ? (
              <ServiceName service={service} />
            ) : (
              text('why.via', {
                service: nameOf(service, language),
                relays: list(
                  via.map((relay) => nameOf(relay, language)),
                  language,
                ),
              })
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
