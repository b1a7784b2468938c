import { Button } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { client } from '#src/web/api/client.ts';
import { Fingerprint } from '#src/web/design/fingerprint.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { partnersMessages } from './messages.ts';
import styles from './own-card.module.css';

export const ownCardQuery = queryOptions({
  queryKey: ['partners', 'own-card'],
  queryFn: ({ signal }) => client.ownCard(undefined, { signal }),
  retry: false,
});

/** What we give a partner to be added with, and what we read out so that it knows the card is ours. */
export function OwnCard() {
  const text = useText(partnersMessages);
  const shared = useText(words);
  const { say } = useToasts();
  const { data: own } = useQuery(ownCardQuery);
  // Who may not have the card sees the partners alone.
  if (!own) return null;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(own.card);
      say(text('own.copied'));
    } catch {
      // Without a secure address the browser has no clipboard: the text stands selected, to be copied by hand.
      const field = document.getElementById('own-card-text');
      if (field instanceof HTMLTextAreaElement) field.select();
    }
  };
  return (
    <section className={styles.card} aria-label={text('own.title')}>
      <h2>{text('own.title')}</h2>
      <p>{text('own.text')}</p>
      <h3>{text('own.fingerprint')}</h3>
      <Fingerprint spoken={own.spoken} />
      {own.url && (
        <p className={styles.soft}>
          {text('own.address')}
          {shared('colon')}
          <bdi dir="ltr">{own.url}</bdi>
        </p>
      )}
      <details>
        <summary>{text('own.card')}</summary>
        <textarea
          id="own-card-text"
          className={styles.text}
          readOnly
          rows={5}
          dir="ltr"
          aria-label={text('own.card')}
          value={own.card}
        />
      </details>
      <Button variant="default" onClick={() => void copy()} className={styles.copy}>
        {text('own.copyCard')}
      </Button>
    </section>
  );
}
