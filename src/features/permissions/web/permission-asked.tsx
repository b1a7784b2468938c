import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { permissionsQuery, recordQuery } from '#src/web/api/queries.ts';
import { KeyHint } from '#src/web/design/key-hint.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { Prose } from '#src/web/design/prose.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { useKeys } from '#src/web/keyboard/use-keys.ts';
import { BodyFields } from '#src/web/record/body-fields.tsx';
import { recordWords } from '#src/web/record/messages.ts';
import type { SectionProps } from '#src/web/record/sections.tsx';
import { DecidePermissionDialog } from './decide-permission-dialog.tsx';
import { permissionsMessages } from './messages.ts';
import { AskAgain, PermissionTerms, useIsUs, usePermissionPhrase } from './permission-terms.tsx';
import styles from './permissions.module.css';

/** On the page of a request or of a decision: what is asked, about which record, and the way to the decision. */
export default function PermissionAsked({ record }: SectionProps) {
  const text = useText(permissionsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const phrase = usePermissionPhrase();
  const isUs = useIsUs();
  const [deciding, setDeciding] = useState(false);
  const about = record.links.find(({ type, direction }) => type === 'about' && direction === 'out')?.record.record;
  const { data: permissions, error } = useQuery({ ...permissionsQuery(about ?? ''), enabled: about !== undefined });
  const view = permissions?.find(({ request, permission }) => [request, permission].includes(record.record));
  const isRequest = record.kind === 'permission-request';
  const mayDecide = isRequest && (view?.allowed.includes('decide') ?? false);
  useKeys(mayDecide ? { e: () => setDeciding(true) } : {});
  if (about === undefined) {
    return (
      <>
        <p className={styles.soft}>{text('asked.gone')}</p>
        <BodyFields record={record} />
      </>
    );
  }
  if (error && !permissions) return <ProblemNotice thrown={error} />;
  if (!view) return permissions ? <BodyFields record={record} /> : null;
  return (
    <section className={styles.row} data-state={view.state} aria-label={phrase(view)}>
      <h2>
        {isUs(view.grantee)
          ? text(isRequest ? 'asked.titleUs' : 'asked.decidedUs')
          : text(isRequest ? 'asked.title' : 'asked.decided', { service: nameOf(view.grantee, language) })}
      </h2>
      <p className={styles.headline}>
        <strong>{phrase(view)}</strong>
        <span className={styles.state} data-state={view.state}>
          {text(`state.${view.state}`)}
        </span>
      </p>
      <p>
        {text('asked.about')}
        {shared('colon')}
        <AboutLink id={about} />
      </p>
      <AskAgain view={view} />
      <PermissionTerms view={view} />
      {mayDecide && (
        <p className={styles.foot}>
          <Button onClick={() => setDeciding(true)} aria-keyshortcuts="e">
            {text('asked.decide')}
            <KeyHint>e</KeyHint>
          </Button>
        </p>
      )}
      {deciding && <DecidePermissionDialog view={view} request={record.record} onClose={() => setDeciding(false)} />}
    </section>
  );
}

function AboutLink({ id }: { id: string }) {
  const shown = useText(recordWords);
  const { data: about } = useQuery(recordQuery(id));
  return (
    <Link to="/records/$id" params={{ id }}>
      {about?.title ? (
        <Prose inline language={about.language}>
          {about.title}
        </Prose>
      ) : (
        shown('untitled')
      )}
    </Link>
  );
}
