import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { citationFlagsQuery } from '#src/web/api/queries.ts';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { When } from '#src/web/design/when.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import type { SectionProps } from '#src/web/record/sections.tsx';
import type { CitationFlag } from '../contract.ts';
import styles from './corrections.module.css';
import { correctionsMessages } from './messages.ts';
import { ReviewCitationDialog } from './review-citation-dialog.tsx';

/** COR-3: what this record draws on that was corrected or withdrawn since, until somebody has said that it stands. */
export default function CitationFlags({ record }: SectionProps) {
  const text = useText(correctionsMessages);
  const { data: flags, error } = useQuery(citationFlagsQuery(record.record));
  const [reviewed, setReviewed] = useState<CitationFlag | null>(null);
  if (error && !flags) return <ProblemNotice thrown={error} />;
  if (!flags || flags.length === 0) return null;
  const isOpen = flags.some(({ review }) => review === null);
  const title = text('flags.title', { count: flags.length });
  return (
    <section className={isOpen ? styles.notice : styles.section} aria-label={title}>
      <h2>{title}</h2>
      <ul className={styles.flags}>
        {flags.map((flag) => (
          <li key={flag.cited}>
            <Flag
              flag={flag}
              mayReview={record.allowed.includes('review-citation')}
              onReview={() => setReviewed(flag)}
            />
          </li>
        ))}
      </ul>
      {reviewed && <ReviewCitationDialog record={record.record} flag={reviewed} onClose={() => setReviewed(null)} />}
    </section>
  );
}

function Flag({ flag, mayReview, onReview }: { flag: CitationFlag; mayReview: boolean; onReview: () => void }) {
  const text = useText(correctionsMessages);
  const service = nameOf(flag.citedOrigin, useLanguage());
  const { review } = flag;
  return (
    <>
      <p className={styles.headline}>
        <span>{text(`flags.change.${flag.change}`, { service })}</span>
        <span className={styles.soft}>
          <When at={flag.since} />
        </span>
        <Link to="/records/$id" params={{ id: flag.cited }}>
          {text('flags.cited')}
        </Link>
        {!review && <span className={styles.wait}>{text('flags.due')}</span>}
        {!review && mayReview && (
          <Button size="xs" variant="default" onClick={onReview}>
            {text('flags.button')}
          </Button>
        )}
      </p>
      {review && (
        <p className={styles.soft}>
          {text('flags.reviewed', { officer: review.officer })} <bdi>{review.reason}</bdi>
          {' · '}
          <When at={review.at} />
        </p>
      )}
    </>
  );
}
