import { When } from '#src/web/design/when.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import type { KeyView } from '../contract.ts';
import styles from './key-table.module.css';
import { keysMessages } from './messages.ts';

const states: readonly KeyView['state'][] = ['current', 'retired', 'revoked'];
/** Enough to tell two keys apart by eye; the whole is in the title. */
const shownCharacters = 12;

/** Keys by what they are for, the current ones first. */
export function KeyTable({ keys, label }: { keys: readonly KeyView[]; label: string }) {
  const text = useText(keysMessages);
  const ordered = keys.toSorted(
    (one, other) =>
      states.indexOf(one.state) - states.indexOf(other.state) ||
      other.use.localeCompare(one.use) ||
      other.since.localeCompare(one.since),
  );
  return (
    <table className={styles.keys} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{text('table.use')}</th>
          <th scope="col">{text('table.state')}</th>
          <th scope="col">{text('table.since')}</th>
          <th scope="col">{text('table.key')}</th>
        </tr>
      </thead>
      <tbody>
        {ordered.map((key) => (
          <tr key={key.id} data-state={key.state}>
            <th scope="row">{text(`use.${key.use}`)}</th>
            <td>
              <span className={styles.state}>{text(`state.${key.state}`)}</span>
              <span className={styles.means}>{text(`stateMeans.${key.use}.${key.state}`)}</span>
            </td>
            <td>
              <When at={key.since} />
            </td>
            <td>
              <KeyId id={key.id} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function KeyId({ id }: { id: string }) {
  return (
    <bdi dir="ltr" title={id} className={styles.id}>
      {id.slice(0, shownCharacters)}…
    </bdi>
  );
}
