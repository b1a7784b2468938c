import { When } from '#src/web/design/when.tsx';
import { relativeInstant } from '#src/web/i18n/format.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { useNow } from '#src/web/now.tsx';
import type { ExportView } from '../contract.ts';
import styles from './carrier-section.module.css';
import { bundlesMessages } from './messages.ts';

/** Files that were exported, the newest first, and whether a receipt has confirmed them (EXC-3). */
export function Exports({ exports }: { exports: readonly ExportView[] }) {
  const text = useText(bundlesMessages);
  return (
    <section aria-label={text('list.title')} className={styles.exports}>
      <h3>{text('list.title')}</h3>
      {exports.length === 0 ? (
        <p className={styles.soft}>{text('list.none')}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{text('list.when')}</th>
              <th scope="col">{text('list.what')}</th>
              <th scope="col">{text('list.officer')}</th>
              <th scope="col">{text('list.state')}</th>
            </tr>
          </thead>
          <tbody>
            {exports.map((one) => (
              <Row key={one.at} exported={one} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ exported }: { exported: ExportView }) {
  const text = useText(bundlesMessages);
  const language = useLanguage();
  const now = useNow();
  const { from, through, confirmedAt } = exported;
  const what =
    from > through ? 'list.receiptOnly' : from === through ? ('list.batch' as const) : ('list.batches' as const);
  return (
    <tr>
      <td>
        <When at={exported.at} exact />
      </td>
      <td>
        {text(what, { from, through })}
        {exported.messages > 0 && ` · ${text('list.messages', { count: exported.messages })}`}
      </td>
      <td>
        <bdi>{exported.officer}</bdi>
      </td>
      <td>
        {from > through ? null : confirmedAt === null ? (
          <span className={styles.unconfirmed}>{text('list.unconfirmed')}</span>
        ) : (
          <span className={styles.confirmed}>
            {text('list.confirmed', { when: relativeInstant(confirmedAt, now, language) })}
          </span>
        )}
      </td>
    </tr>
  );
}
