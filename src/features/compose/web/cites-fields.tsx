import { Audience, MarkingLine } from '#src/web/design/marking.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { Prose } from '#src/web/design/prose.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import type { InheritanceView } from '../contract.ts';
import { CiteSearch } from './cite-search.tsx';
import styles from './cites-fields.module.css';
import type { Draft } from './draft.ts';
import { composeMessages } from './messages.ts';
import type { DraftDesk } from './use-draft.ts';
import type { Inheritance } from './use-inheritance.ts';

/** What the report draws on, and what that demands of its marking, with each source's own reason. */
export function CitesFields({
  draft,
  change,
  inheritance,
}: {
  draft: Draft;
  change: DraftDesk['change'];
  inheritance: Inheritance;
}) {
  const text = useText(composeMessages);
  const { view, error } = inheritance;
  const drop = (record: string) => change((now) => ({ cites: now.cites.filter((one) => one !== record) }));
  return (
    <section className={styles.cites} aria-label={text('cites.title')}>
      <h2>{text('cites.title')}</h2>
      {draft.cites.length > 0 && (
        <ul className={styles.list}>
          {draft.cites.map((record) => (
            <Cite key={record} cite={view?.cites.find((one) => one.record === record)} onDrop={() => drop(record)} />
          ))}
        </ul>
      )}
      <CiteSearch
        cited={draft.cites}
        onPick={(record) => change((now) => (now.cites.includes(record) ? {} : { cites: [...now.cites, record] }))}
      />
      {view && draft.cites.length > 0 && <Demands view={view} />}
      {error !== null && error !== undefined && <ProblemNotice thrown={error} />}
    </section>
  );
}

function Cite({ cite, onDrop }: { cite: InheritanceView['cites'][number] | undefined; onDrop: () => void }) {
  const shared = useText(words);
  const language = useLanguage();
  return (
    <li className={styles.cite}>
      {cite ? (
        <p>
          <Prose inline language={cite.language}>
            {cite.title}
          </Prose>
          <span className={styles.soft}>
            {' '}
            {nameOf(cite.origin, language)} · <MarkingLine marking={cite.marking} />
          </span>
        </p>
      ) : (
        <p className={styles.soft}>{shared('loading')}</p>
      )}
      <button type="button" className={styles.drop} onClick={onDrop}>
        {shared('remove')}
        {cite && <span className="visually-hidden"> {cite.title}</span>}
      </button>
    </li>
  );
}

function Demands({ view: { marking } }: { view: InheritanceView }) {
  const text = useText(composeMessages);
  const shared = useText(words);
  const language = useLanguage();
  return (
    <div className={styles.demands}>
      <p>
        {text('cites.atLeast')} <MarkingLine marking={marking} />
      </p>
      {marking.releasableTo !== null && (
        <p>
          <Audience releasableTo={marking.releasableTo} />
        </p>
      )}
      {marking.handling.length > 0 && (
        <>
          <p>{text('cites.handling')}</p>
          <ul>
            {marking.handling.map(({ code, originator, note }) => (
              <li key={`${code} ${originator.id} ${note}`}>
                {nameOf(originator, language)}
                {shared('colon')}
                {note ? <bdi>{note}</bdi> : shared.of('handling', code)}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
