import { useQuery } from '@tanstack/react-query';
import { sourcesQuery } from '#src/web/api/queries.ts';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import type { SectionProps } from '#src/web/record/sections.tsx';
import type { SourceStep } from '../contract.ts';
import { sourcesMessages } from './messages.ts';
import { SameSource } from './same-source.tsx';
import styles from './sources.module.css';
import { Step } from './step.tsx';

/** What this record draws on, what draws on it, and which others go back to the same source (ACC-19). */
export default function SourcesSection({ record }: SectionProps) {
  const text = useText(sourcesMessages);
  const { data: sources, error } = useQuery(sourcesQuery(record.record));
  if (error && !sources) return <ProblemNotice thrown={error} />;
  if (!sources) return null;
  const { cites, citedBy, sameSource, more } = sources;
  if (cites.length + citedBy.length + sameSource.length === 0) return null;
  return (
    <section id="sources" aria-label={text('title')} className={styles.section}>
      <h2>{text('title')}</h2>
      {sameSource.length > 0 && <SameSource found={sameSource} />}
      <Steps title={text('cites')} steps={cites} />
      <Steps title={text('citedBy')} steps={citedBy} />
      {more && <p>{text('more')}</p>}
    </section>
  );
}

function Steps({ title, steps }: { title: string; steps: readonly SourceStep[] }) {
  if (steps.length === 0) return null;
  return (
    <div>
      <h3>{title}</h3>
      <ul className={styles.steps}>
        {steps.map((step) => (
          <li key={`${step.record} ${step.revision}`}>
            <Step step={step} />
          </li>
        ))}
      </ul>
    </div>
  );
}
