import { useText } from '#src/web/i18n/use-text.ts';
import type { Draft } from './draft.ts';
import { composeMessages } from './messages.ts';
import styles from './problems.module.css';
import type { DraftProblem } from './report-input.ts';

/** The id of the control of a field. */
export const fieldId = (field: DraftProblem['field'], draft: Draft): string =>
  field === 'portions' ? `portion-${draft.portions[0]?.key}` : `compose-${field}`;

export function showProblem(field: DraftProblem['field'], draft: Draft): void {
  const control = document.getElementById(fieldId(field, draft));
  control?.scrollIntoView({ block: 'center' });
  const inner = control?.matches('input, select, textarea') ? control : control?.querySelector('input, select');
  if (inner instanceof HTMLElement) inner.focus();
}

export function useProblemText(): (problem: DraftProblem) => string {
  const text = useText(composeMessages);
  return ({ field, why }) => {
    if (why === 'too-many') return text('problems.too-many');
    if (why === 'too-long') return text.of('problems.too-long', field);
    return text(`problems.missing.${field}`);
  };
}

/** Everything that is still missing, in one place, each a step to its field. */
export function Problems({ problems, draft }: { problems: readonly DraftProblem[]; draft: Draft }) {
  const text = useText(composeMessages);
  const say = useProblemText();
  return (
    <div className={styles.problems} role="alert">
      <p>{text('problems.title')}</p>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.field} ${problem.why}`}>
            <button type="button" onClick={() => showProblem(problem.field, draft)}>
              {say(problem)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
