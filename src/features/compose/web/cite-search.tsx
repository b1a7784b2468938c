import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { client } from '#src/web/api/client.ts';
import { Prose } from '#src/web/design/prose.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { carriesInformation } from '#src/web/record/information.ts';
import styles from './cites-fields.module.css';
import { composeMessages } from './messages.ts';

const pauseMs = 250;
const shownMax = 8;

/** Finds a record to draw on, among what arrived and what was sent: arrows and Enter, or a click. */
export function CiteSearch({ cited, onPick }: { cited: readonly string[]; onPick: (record: string) => void }) {
  const text = useText(composeMessages);
  const language = useLanguage();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const sought = useSettled(typed.trim());
  const { data: found } = useQuery({
    queryKey: ['inbox', 'to-cite', sought],
    queryFn: ({ signal }) => findRecords(sought, signal),
    enabled: sought !== '',
  });
  const offered = sought === '' ? [] : (found ?? []).filter(({ record }) => !cited.includes(record)).slice(0, shownMax);
  const isOpen = typed.trim() !== '' && offered.length > 0;
  const current = offered[Math.min(at, offered.length - 1)];
  const pick = (record: string) => {
    onPick(record);
    setTyped('');
    setAt(0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setAt((now) => Math.min(now + 1, offered.length - 1));
    else if (event.key === 'ArrowUp') setAt((now) => Math.max(now - 1, 0));
    else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      if (isOpen && current) pick(current.record);
    } else if (event.key === 'Escape' && typed !== '') setTyped('');
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.search}>
      <input
        type="text"
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={`${id}-found`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && current ? `${id}-${current.record}` : undefined}
        aria-label={text('cites.search')}
        placeholder={text('cites.search')}
        value={typed}
        maxLength={200}
        dir={typed === '' ? undefined : 'auto'}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      {isOpen && (
        <div id={`${id}-found`} role="listbox" aria-label={text('cites.found')} className={styles.found}>
          {offered.map((item) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
            <div
              key={item.record}
              id={`${id}-${item.record}`}
              role="option"
              aria-selected={item === current}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(item.record)}
            >
              <Prose inline language={item.language}>
                {item.title}
              </Prose>{' '}
              <bdi className={styles.soft}>{nameOf(item.from, language)}</bdi>
            </div>
          ))}
        </div>
      )}
      {typed.trim() !== '' && found?.length === 0 && <p className={styles.soft}>{text('cites.nothing')}</p>}
    </div>
  );
}

/** The last value that stood still for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

async function findRecords(q: string, signal: AbortSignal) {
  const lists = await Promise.all(
    (['arrived', 'sent'] as const).map((view) => client.listInbox({ query: { view, q, limit: 20 } }, { signal })),
  );
  const items = lists.flatMap(({ items: listed }) => listed).filter(carriesInformation);
  return items.filter((item, place) => items.findIndex(({ record }) => record === item.record) === place);
}
