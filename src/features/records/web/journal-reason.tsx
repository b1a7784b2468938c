import { refusalSentences } from '#src/protocol/refusal-text.ts';
import { isRefusalCode } from '#src/web/api/problem.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { fieldCaption } from '#src/web/record/kind-captions.ts';
import styles from './journal.module.css';
import { captionOfReason, reasonOf } from './journal-words.ts';

/** Why it was done. Desk and text are isolated one by one, so that neither turns the line around. */
export function JournalReason({ line }: { line: { act: string; reason: string | null } }) {
  const shared = useText(words);
  const language = useLanguage();
  const { desk, said } = reasonOf(line);
  const sentence = (code: string): string => {
    const caption = captionOfReason(line.act);
    const known = caption && fieldCaption(caption[0], `${caption[1]}/${code}`, language);
    return known ?? (isRefusalCode(code) ? refusalSentences({ code }, language).says : code);
  };
  return (
    <>
      {desk && (
        <>
          {' · '}
          <bdi>{shared.of('desk', desk)}</bdi>
        </>
      )}
      {said && (
        <>
          {' · '}
          <bdi className={styles.soft}>{sentence(said)}</bdi>
        </>
      )}
    </>
  );
}
