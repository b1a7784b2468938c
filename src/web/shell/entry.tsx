import type { ReactNode } from 'react';
import { type NamedService, ServiceName } from '../design/service-name.tsx';
import { nextLanguage } from '../i18n/languages.ts';
import { useLanguage, useText } from '../i18n/use-text.ts';
import { words } from '../i18n/words.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { Emblem } from './emblem.tsx';
import styles from './entry.module.css';
import { LanguageChoice, useSwitchLanguage } from './language-choice.tsx';

/** The pages before anyone is signed in: what this is and whose, and the one thing to do. */
export function Entry({
  title,
  service,
  what,
  children,
}: {
  title: string;
  service: NamedService | null;
  what: string;
  children: ReactNode;
}) {
  const shared = useText(words);
  const language = useLanguage();
  const switchTo = useSwitchLanguage();
  useKeys({ l: () => switchTo(nextLanguage(language)) });
  return (
    <div className={styles.entry}>
      <header className={styles.head}>
        <div className={styles.brand}>
          <Emblem size={44} />
          <div>
            <p className={styles.name}>{shared('brand')}</p>
            {service && (
              <p className={styles.service}>
                <ServiceName service={service} />
              </p>
            )}
          </div>
        </div>
        <p className={styles.what}>{what}</p>
        <LanguageChoice />
      </header>
      <main className={styles.main}>
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}
