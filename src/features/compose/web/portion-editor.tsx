import { type ClipboardEvent, type KeyboardEvent, memo, useMemo } from 'react';
import { portionsOfText } from '#src/formats/text/index.ts';
import type { Language } from '#src/protocol/primitives.ts';
import { Segments } from '#src/web/design/segments.tsx';
import { directionOf } from '#src/web/i18n/languages.ts';
import { useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import type { Draft, DraftPortion } from './draft.ts';
import { composeMessages } from './messages.ts';
import styles from './portion-editor.module.css';
import { RaisedMarkingFields } from './raised-marking.tsx';

export interface PortionActions {
  change(key: string, change: Partial<DraftPortion>): void;
  addAfter(key: string): void;
  move(key: string, by: 1 | -1): void;
  remove(key: string): void;
  /** The portion's text becomes several portions. */
  split(key: string, text: string): void;
}
/** What one portion needs to know of the draft around it. */
export type Frame = Pick<Draft, 'language' | 'level' | 'compartments' | 'recipients'>;

export const PortionEditor = memo(function PortionEditor({
  portion,
  number,
  count,
  language,
  frame,
  actions,
}: {
  portion: DraftPortion;
  number: number;
  count: number;
  language: Language;
  frame: Frame;
  actions: PortionActions;
}) {
  const text = useText(composeMessages);
  const shared = useText(words);
  const parts = useMemo(
    () => (portion.text.includes('\n') ? portionsOfText(portion.text).portions.length : 1),
    [portion.text],
  );
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const pasted = event.clipboardData.getData('text/plain');
    if (portion.text !== '' || portionsOfText(pasted).portions.length < 2) return;
    event.preventDefault();
    actions.split(portion.key, pasted);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || !event.altKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    actions.addAfter(portion.key);
  };
  return (
    <div className={styles.portion}>
      <span className={styles.number} aria-hidden="true">
        {number}
      </span>
      <div className={styles.body}>
        <textarea
          id={`portion-${portion.key}`}
          className={styles.text}
          aria-label={text('portion.label', { number })}
          placeholder={number === 1 ? text('portion.placeholder') : undefined}
          value={portion.text}
          lang={language}
          dir={portion.text === '' ? undefined : directionOf(language)}
          rows={2}
          onChange={(event) => actions.change(portion.key, { text: event.target.value })}
          onPaste={onPaste}
          onKeyDown={onKeyDown}
        />
        <div className={styles.tools}>
          <Segments
            label={text('portion.nature')}
            hideLabel
            value={portion.nature}
            onChange={(nature) => actions.change(portion.key, { nature })}
            options={(['fact', 'assessment'] as const).map((value) => ({ value, label: shared(`nature.${value}`) }))}
          />
          {!portion.raised && (
            <button
              type="button"
              onClick={() =>
                actions.change(portion.key, {
                  raised: { level: frame.level, compartments: frame.compartments, onlyFor: null },
                })
              }
            >
              {text('portion.raise')}
            </button>
          )}
          {parts > 1 && (
            <button type="button" onClick={() => actions.split(portion.key, portion.text)}>
              {text('split', { count: parts })}
            </button>
          )}
          {count > 1 && (
            <span className={styles.place}>
              <button type="button" disabled={number === 1} onClick={() => actions.move(portion.key, -1)}>
                {text('portion.up')}
              </button>
              <button type="button" disabled={number === count} onClick={() => actions.move(portion.key, 1)}>
                {text('portion.down')}
              </button>
              <button
                type="button"
                aria-label={text('portion.remove', { number })}
                onClick={() => actions.remove(portion.key)}
              >
                {shared('remove')}
              </button>
            </span>
          )}
        </div>
        {portion.raised && (
          <RaisedMarkingFields
            raised={portion.raised}
            frame={frame}
            onChange={(raised) => actions.change(portion.key, { raised })}
          />
        )}
      </div>
    </div>
  );
});
