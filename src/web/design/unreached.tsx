import { useLanguage, useText } from '../i18n/use-text.ts';
import { words } from '../i18n/words.ts';
import { RefusalLine } from './problem-notice.tsx';
import { type NamedService, nameOf } from './service-name.tsx';
import styles from './unreached.module.css';

interface Unreached {
  readonly service: NamedService & { readonly id: string };
  readonly code: string;
  readonly rule: string;
}

/** COR-4, KEY-1, PRM-1: whom an act of ours could not be sent to, and why. Nothing where everyone was reached. */
export function UnreachedList({ unreached }: { unreached: readonly Unreached[] }) {
  const text = useText(words);
  const language = useLanguage();
  if (unreached.length === 0) return null;
  return (
    <ul className={styles.list}>
      {unreached.map(({ service, code, rule }) => (
        <li key={service.id}>
          {text('notReached', { service: nameOf(service, language) })}
          {text('colon')}
          <RefusalLine code={code} rule={rule} />
        </li>
      ))}
    </ul>
  );
}
