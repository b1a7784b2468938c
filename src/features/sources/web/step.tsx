import { Link } from '@tanstack/react-router';
import { Prose } from '#src/web/design/prose.tsx';
import { ServiceName } from '#src/web/design/service-name.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { kindCaption } from '#src/web/record/kind-captions.ts';
import type { SourceStep } from '../contract.ts';
import { sourcesMessages } from './messages.ts';
import styles from './sources.module.css';

/** One record on a path of sources, whether it is held here or only known by what cites it. */
export function Step({ step, note }: { step: SourceStep; note?: string | undefined }) {
  const text = useText(sourcesMessages);
  const language = useLanguage();
  return (
    <p className={styles.step}>
      {step.title === null ? (
        <span className={styles.soft}>{text('notHeld')}</span>
      ) : (
        <Link to="/records/$id" params={{ id: step.record }}>
          <Prose inline language={step.language ?? language}>
            {step.title}
          </Prose>
        </Link>
      )}
      <span className={styles.soft}>
        <ServiceName service={step.origin} />
        {step.kind && ` · ${kindCaption(step.kind, language)}`}
        {step.revision > 1 && ` · ${text('revision', { number: step.revision })}`}
      </span>
      {note && <strong className={styles.note}>{note}</strong>}
    </p>
  );
}
