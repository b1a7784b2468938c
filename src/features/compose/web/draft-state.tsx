import { useNavigate } from '@tanstack/react-router';
import { uuidv7 } from '#src/web/api/identifiers.ts';
import { useProblemSentences } from '#src/web/design/problem-notice.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import styles from './draft-state.module.css';
import { composeMessages } from './messages.ts';
import { type DraftDesk, putInTab } from './use-draft.ts';

/** Whether the node has what is on the desk; and when the same draft was changed elsewhere, the way out. */
export function DraftState({ desk }: { desk: DraftDesk }) {
  const text = useText(composeMessages);
  const sentences = useProblemSentences();
  const navigate = useNavigate();
  const { keeping } = desk;
  if (typeof keeping === 'string') {
    return (
      <p className={styles.state} role="status">
        {text(`keeping.${keeping}`)}
      </p>
    );
  }
  if (keeping.code !== 'edit-conflict') {
    return (
      <p className={styles.problem} role="status">
        {sentences(keeping).says} {text('keeping.unkept')}
      </p>
    );
  }
  const openTheirs = () => {
    desk.close();
    window.location.reload();
  };
  const keepMine = () => {
    const own = uuidv7();
    desk.close();
    putInTab(own, desk.draft);
    void navigate({ to: '/compose', search: { draft: own }, replace: true });
  };
  return (
    <p className={styles.problem} role="alert">
      {text('conflict.text')}{' '}
      <button type="button" onClick={openTheirs}>
        {text('conflict.theirs')}
      </button>{' '}
      <button type="button" onClick={keepMine}>
        {text('conflict.mine')}
      </button>
    </p>
  );
}
