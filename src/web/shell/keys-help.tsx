import { Dialog } from '../design/dialog.tsx';
import { useText } from '../i18n/use-text.ts';
import styles from './keys-help.module.css';
import { shellMessages } from './messages.ts';

const groups = [
  [
    'everywhere',
    [
      ['c', ['c']],
      ['l', ['l']],
      ['g w', ['g', 'w']],
      ['g a', ['g', 'a']],
      ['g s', ['g', 's']],
      ['g r', ['g', 'r']],
      ['g d', ['g', 'd']],
      ['g p', ['g', 'p']],
      ['g o', ['g', 'o']],
      ['g k', ['g', 'k']],
      ['question', ['?']],
    ],
  ],
  [
    'inbox',
    [
      ['j k', ['j', 'k']],
      ['Enter', ['Enter']],
      ['e', ['e']],
      ['r', ['r']],
      ['slash', ['/']],
    ],
  ],
  ['requests', [['n', ['n']]]],
  [
    'record',
    [
      ['e', ['e']],
      ['r', ['r']],
      ['a', ['a']],
      ['f', ['f']],
      ['w', ['w']],
      ['p', ['p']],
      ['Escape', ['Esc']],
    ],
  ],
  [
    'composing',
    [
      ['Ctrl+Enter', ['Ctrl', 'Enter']],
      ['Ctrl+Shift', ['Alt', 'Enter']],
    ],
  ],
] as const;

/** `everywhere`: the keys that lead somewhere for this officer. */
export function KeysHelp({ everywhere, onClose }: { everywhere: readonly string[]; onClose: () => void }) {
  const text = useText(shellMessages);
  const works = (group: string, pressed: readonly string[]) =>
    group !== 'everywhere' || everywhere.includes(pressed.join(' '));
  return (
    <Dialog title={text('help.title')} onClose={onClose} wide>
      <div className={styles.groups}>
        {groups.map(([group, keys]) => (
          <section key={group}>
            <h3>{text(`help.${group}`)}</h3>
            <dl className={styles.keys}>
              {keys.map(
                ([meaning, pressed]) =>
                  works(group, pressed) && (
                    <div key={meaning}>
                      <dt>
                        {pressed.map((key) => (
                          <kbd key={key}>{key}</kbd>
                        ))}
                      </dt>
                      <dd>{text(`help.keysOf.${meaning}`)}</dd>
                    </div>
                  ),
              )}
            </dl>
          </section>
        ))}
      </div>
      <p className={styles.note}>{text('help.note')}</p>
    </Dialog>
  );
}
