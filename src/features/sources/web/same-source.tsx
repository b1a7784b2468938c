import { useText } from '#src/web/i18n/use-text.ts';
import type { SourceStep, SourcesView } from '../contract.ts';
import { sourcesMessages } from './messages.ts';
import styles from './sources.module.css';
import { Step } from './step.tsx';

type Found = SourcesView['sameSource'][number];

/** ACC-19: circular reporting, drawn: what looks like a second source is the first one again. */
export function SameSource({ found }: { found: readonly Found[] }) {
  const text = useText(sourcesMessages);
  return (
    <div className={styles.same}>
      <h3>{text('sameSource', { count: found.length })}</h3>
      <p>{text('circular')}</p>
      <ul className={styles.steps}>
        {found.map((one) => (
          <li key={`${one.other.record} ${one.root.record}`}>
            <Step step={one.other} />
            <details className={styles.paths}>
              <summary>{text('showPath')}</summary>
              <Path title={text('pathHere')} steps={one.pathHere} root={one.root} />
              <Path title={text('pathThere')} steps={one.pathThere} root={one.root} />
            </details>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Path({ title, steps, root }: { title: string; steps: readonly SourceStep[]; root: SourceStep }) {
  const text = useText(sourcesMessages);
  return (
    <div>
      <h4>{title}</h4>
      <ol className={styles.path}>
        {steps.map((step) => (
          <li key={`${step.record} ${step.revision}`} data-root={step.record === root.record}>
            <Step step={step} note={step.record === root.record ? text('source') : undefined} />
          </li>
        ))}
      </ol>
    </div>
  );
}
