import { directionOf } from '../i18n/languages.ts';

/** Text in its own language and direction, whatever the language of the page around it. */
export function Prose({
  language,
  className,
  children,
  inline = false,
}: {
  language: string;
  className?: string | undefined;
  children: string;
  inline?: boolean;
}) {
  const Element = inline ? 'span' : 'p';
  return (
    <Element lang={language} dir={directionOf(language)} className={className}>
      {children}
    </Element>
  );
}
