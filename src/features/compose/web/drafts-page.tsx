import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { client } from '#src/web/api/client.ts';
import { draftsQuery } from '#src/web/api/queries.ts';
import { Empty } from '#src/web/design/empty.tsx';
import { Page } from '#src/web/design/page.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { Prose } from '#src/web/design/prose.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { When } from '#src/web/design/when.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { useNow } from '#src/web/now.tsx';
import { Pending } from '#src/web/shell/states.tsx';
import type { DraftView } from '../contract.ts';
import { newDraft, readDraft } from './draft.ts';
import styles from './drafts-page.module.css';
import { composeMessages } from './messages.ts';

export function DraftsPage() {
  const text = useText(composeMessages);
  const { data: drafts, error, refetch } = useQuery(draftsQuery);
  return (
    <Page title={text('drafts.title')}>
      {error && !drafts && <ProblemNotice thrown={error} onRetry={() => void refetch()} />}
      {!error && !drafts && <Pending />}
      {drafts?.length === 0 && <Empty title={text('drafts.empty')}>{text('drafts.emptyNext')}</Empty>}
      <ul className={styles.drafts}>
        {drafts?.map((draft) => (
          <DraftRow key={draft.id} kept={draft} />
        ))}
      </ul>
    </Page>
  );
}

function DraftRow({ kept }: { kept: DraftView }) {
  const text = useText(composeMessages);
  const language = useLanguage();
  const now = useNow();
  const queries = useQueryClient();
  const { say, complain } = useToasts();
  const draft = readDraft(kept.content, newDraft(language, now, {}));
  const remove = useMutation({
    mutationFn: () => client.deleteDraft({ params: { id: kept.id } }),
    onSuccess: () => say(text('drafts.removed')),
    onError: complain,
    onSettled: () => queries.invalidateQueries({ queryKey: draftsQuery.queryKey }),
  });
  return (
    <li className={styles.draft}>
      <div className={styles.what}>
        <Link to="/compose" search={{ draft: kept.id }}>
          {draft.title ? (
            <Prose inline language={draft.language}>
              {draft.title}
            </Prose>
          ) : (
            text('drafts.untitled')
          )}
        </Link>
        <Prose language={draft.language} className={`${styles.soft} same-side`}>
          {draft.portions[0]?.text ?? ''}
        </Prose>
      </div>
      <span className={styles.soft}>
        {text('drafts.changed')} <When at={kept.updatedAt} />
      </span>
      <button type="button" className={styles.remove} disabled={remove.isPending} onClick={() => remove.mutate()}>
        {text('drafts.remove')}
      </button>
    </li>
  );
}
