import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { LevelWord } from '#src/web/design/marking.tsx';
import { Prose } from '#src/web/design/prose.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { When } from '#src/web/design/when.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { kindCaption } from '#src/web/record/kind-captions.ts';
import { RecordTitle } from '#src/web/record/record-title.tsx';
import { shownTitle } from '#src/web/record/shown-title.ts';
import type { InboxView } from '#src/web/router.tsx';
import type { InboxItem } from '../contract.ts';
import styles from './inbox-list.module.css';
import { inboxMessages } from './messages.ts';

export interface InboxListHandle {
  /** Scrolls to an item and gives it the focus. */
  reveal(record: string): void;
}

const rowHeightPx = 118;
/** Below this width there is no preview beside the list. */
const narrow = '(max-width: 60rem)';

/** Only the rows in sight are in the document, so that 100,000 of them scroll as ten do. */
export function InboxList({
  ref,
  items,
  view,
  selected,
  onSelect,
  onOpen,
  onEnd,
}: {
  ref: Ref<InboxListHandle>;
  items: readonly InboxItem[];
  view: InboxView;
  selected: string | null;
  onSelect: (record: string) => void;
  onOpen: (record: string) => void;
  onEnd: () => void;
}) {
  const text = useText(inboxMessages);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => items[index]?.record ?? index,
    overscan: 8,
  });
  useImperativeHandle(ref, () => ({
    reveal: (record) => {
      const index = items.findIndex((item) => item.record === record);
      rows.scrollToIndex(index, { align: 'auto' });
      // The row may only come into the document with the next frame.
      requestAnimationFrame(() => {
        scroller.current?.querySelector<HTMLElement>(`[data-record="${record}"]`)?.focus({ preventScroll: true });
      });
    },
  }));
  const shown = rows.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastShown >= items.length - 5) onEnd();
  }, [lastShown, items.length, onEnd]);

  const onClick = (event: MouseEvent, record: string) => {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (!plain) return;
    event.preventDefault();
    // A keyboard's Enter opens the page; a pointer reads beside the list, where there is room.
    if (event.detail === 0 || event.detail > 1 || window.matchMedia(narrow).matches) onOpen(record);
    else onSelect(record);
  };
  return (
    <div ref={scroller} className={styles.scroller}>
      <ol className={styles.rows} style={{ blockSize: rows.getTotalSize() }} aria-label={text(`view.${view}`)}>
        {shown.map((row) => {
          const item = items[row.index];
          if (!item) return null;
          return (
            <li
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              className={styles.row}
              style={{ transform: `translateY(${row.start}px)` }}
              aria-setsize={items.length}
              aria-posinset={row.index + 1}
            >
              <Link
                to="/records/$id"
                params={{ id: item.record }}
                preload={false}
                data-record={item.record}
                data-unread={item.unread && !item.ours}
                aria-current={item.record === selected ? 'true' : undefined}
                className={styles.link}
                onClick={(event) => onClick(event, item.record)}
              >
                <Row item={item} view={view} />
              </Link>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function Row({ item, view }: { item: InboxItem; view: InboxView }) {
  const text = useText(inboxMessages);
  const shared = useText(words);
  const language = useLanguage();
  // What we sent is not news to us.
  const isNew = item.unread && !item.ours;
  const who =
    view === 'sent' || item.ours
      ? item.deliveries.map(({ recipient }) => nameOf(recipient, language)).join(language === 'ar' ? '، ' : ', ')
      : nameOf(item.from, language);
  return (
    <>
      <span className={styles.top}>
        {isNew && <span className={styles.dot} role="img" aria-label={text('unread')} />}
        <bdi className={styles.who}>{who || text('ours')}</bdi>
        <span className={styles.time}>
          <When at={item.at} />
        </span>
      </span>
      <RecordTitle record={item} className={styles.title} />
      <Prose inline language={item.language} className={styles.excerpt}>
        {item.excerpt}
      </Prose>
      <span className={styles.foot}>
        <LevelWord level={item.level} />
        {item.kind !== 'report' && !shownTitle(item, language).saysKind && (
          <span>{kindCaption(item.kind, language)}</span>
        )}
        {item.urgency && item.urgency !== 'routine' && (
          <span className={styles.urgent}>{shared.of('urgency', item.urgency)}</span>
        )}
        {view !== 'sent' && item.reason !== 'arrived' && (
          <span className={styles.reason}>{text.of('reason', item.reason)}</span>
        )}
        {item.sameSourceAs !== undefined && <span className={styles.oneSource}>{text('oneSource')}</span>}
        {(view === 'sent' || item.ours) && item.deliveries.length > 0 && (
          <span>
            {item.deliveries.length === 1
              ? shared.of('step', item.deliveries[0]?.step ?? '')
              : item.deliveries
                  .map(({ recipient, step }) =>
                    text('deliveryTo', { service: nameOf(recipient, language), step: shared.of('step', step) }),
                  )
                  .join(' · ')}
          </span>
        )}
      </span>
    </>
  );
}
