import { useQueryClient } from '@tanstack/react-query';
import { type Language, languages } from '#src/protocol/primitives.ts';
import { client } from '../api/client.ts';
import { meQuery } from '../api/queries.ts';
import { speak } from '../i18n/instance.ts';
import { ownName } from '../i18n/languages.ts';
import { useLanguage, useText } from '../i18n/use-text.ts';
import styles from './language-choice.module.css';
import { shellMessages } from './messages.ts';

/** Switches the language here at once and, signed in, for this officer everywhere. */
export function useSwitchLanguage(): (language: Language) => void {
  const queries = useQueryClient();
  return (language) => {
    speak(language);
    if (!queries.getQueryData(meQuery.queryKey)) return;
    client
      .chooseLanguage({ body: { language } })
      .then((me) => queries.setQueryData(meQuery.queryKey, me))
      // The page already speaks the language; only its being remembered for this officer has to wait for the node.
      .catch(() => queries.invalidateQueries({ queryKey: meQuery.queryKey }));
  };
}

export function LanguageChoice() {
  const language = useLanguage();
  const text = useText(shellMessages);
  const switchTo = useSwitchLanguage();
  return (
    <fieldset aria-label={text('language')} className={styles.languages}>
      {languages.map((one) => (
        <button key={one} type="button" lang={one} aria-pressed={one === language} onClick={() => switchTo(one)}>
          {ownName[one]}
        </button>
      ))}
    </fieldset>
  );
}
