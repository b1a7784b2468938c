import { Fragment } from 'react';
import type { RecordView } from '#src/features/records/contract.ts';
import { Audience, isForTheSame, MarkingLine } from '../design/marking.tsx';
import { Prose } from '../design/prose.tsx';
import { number } from '../i18n/format.ts';
import { useLanguage, useText } from '../i18n/use-text.ts';
import { words } from '../i18n/words.ts';
import { recordWords } from './messages.ts';
import styles from './portions.module.css';

/** The text portion by portion, each with its number, its marking and whether it is fact or assessment. */
export function Portions({ record }: { record: Pick<RecordView, 'portions' | 'language' | 'ours' | 'marking'> }) {
  return (
    <ol className={styles.portions}>
      {record.portions.map((portion, place) => {
        const expected = (record.portions[place - 1]?.index ?? -1) + 1;
        return (
          <Fragment key={portion.index}>
            {portion.index > expected && <TearLine count={portion.index - expected} />}
            <PortionItem
              portion={portion}
              language={record.language}
              // Of a partner's record the audience is not in our copy; of ours it is said where it differs.
              showAudience={record.ours && !isForTheSame(portion.marking, record.marking)}
            />
          </Fragment>
        );
      })}
    </ol>
  );
}

function PortionItem({
  portion,
  language,
  showAudience,
}: {
  portion: RecordView['portions'][number];
  language: string;
  showAudience: boolean;
}) {
  const text = useText(recordWords);
  const shared = useText(words);
  const reader = useLanguage();
  return (
    <li className={styles.portion} value={portion.index + 1}>
      <p className={styles.margin}>
        <span className={styles.number}>
          <span className="visually-hidden">{text('portion', { number: portion.index + 1 })}</span>
          <span aria-hidden="true">{number(portion.index + 1, reader)}</span>
        </span>
        <MarkingLine marking={portion.marking} />
        {showAudience && <Audience releasableTo={portion.marking.releasableTo} />}
        <span>{shared.of('nature', portion.nature)}</span>
      </p>
      <Prose language={language} className={styles.text}>
        {portion.text}
      </Prose>
    </li>
  );
}

/** Where the numbers jump, the origin kept portions back: the tear is drawn, so that nobody reads the copy as whole. */
function TearLine({ count }: { count: number }) {
  const text = useText(recordWords);
  return (
    <li className={styles.tear}>
      <span>{text('withheldHere', { count })}</span>
    </li>
  );
}
