import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { uuidv7 } from '#src/web/api/identifiers.ts';
import { draftsQuery } from '#src/web/api/queries.ts';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { useLanguage } from '#src/web/i18n/use-text.ts';
import { useNow } from '#src/web/now.tsx';
import { Pending } from '#src/web/shell/states.tsx';
import type { DraftView } from '../contract.ts';
import { ComposeDesk } from './compose-desk.tsx';
import styles from './compose-page.module.css';
import { newDraft, readDraft } from './draft.ts';
import { habits } from './habits.ts';
import { unkept } from './use-draft.ts';

/** Every draft has its address from the first moment, so that a reload finds it again. */
export function ComposePage() {
  const { draft: id, cite } = useSearch({ from: '/inside/compose' });
  const navigate = useNavigate();
  useEffect(() => {
    if (!id) void navigate({ to: '/compose', search: { draft: uuidv7(), ...(cite ? { cite } : {}) }, replace: true });
  }, [id, cite, navigate]);
  const { data: drafts, error, refetch } = useQuery(draftsQuery);
  if (error && !drafts) {
    return (
      <div className={styles.failed}>
        <ProblemNotice thrown={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  return id && drafts ? (
    <Opened key={id} id={id} kept={drafts.find((draft) => draft.id === id)} cite={cite} />
  ) : (
    <Pending />
  );
}

function Opened({ id, kept, cite }: { id: string; kept: DraftView | undefined; cite: string | undefined }) {
  const language = useLanguage();
  const now = useNow();
  // What the desk starts from is decided once: the list of drafts changes with every keeping.
  const [initial] = useState(() => {
    const fresh = { ...newDraft(language, now, habits.read()), cites: cite ? [cite] : [] };
    const inTab = unkept(id);
    const draft = readDraft(inTab ?? kept?.content, fresh);
    return { draft, version: kept?.version ?? 0, isKept: inTab === null };
  });
  return <ComposeDesk id={id} initial={initial} />;
}
