import { useQuery } from '@tanstack/react-query';
import type { RecordView } from '#src/features/records/contract.ts';
import { meQuery, recordQuery } from '#src/web/api/queries.ts';
import { nameOf } from '#src/web/design/service-name.tsx';
import { Day } from '#src/web/design/when.tsx';
import { list, number } from '#src/web/i18n/format.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { fieldCaption } from '#src/web/record/kind-captions.ts';
import type { PermissionView } from '../contract.ts';
import { permissionsMessages } from './messages.ts';
import styles from './permissions.module.css';

/** Whether it is the reader's own service, which is not told of itself by its name. */
export function useIsUs(): (service: PermissionView['grantee']) => boolean {
  const { data: me } = useQuery(meQuery);
  return ({ id }) => id === me?.service.id;
}

/** What the permission is for, in one phrase. */
export function usePermissionPhrase(): (view: Pick<PermissionView, 'use' | 'onwardTo' | 'purpose'>) => string {
  const text = useText(permissionsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const isUs = useIsUs();
  return ({ use, onwardTo, purpose }) => {
    if (use === 'onward' && onwardTo && isUs(onwardTo)) return text('of.onwardToUs');
    if (use === 'onward' && onwardTo) return text('of.onward', { service: nameOf(onwardTo, language) });
    if (use === 'other-purpose' && purpose) return text('of.other-purpose', { purpose: shared.of('purpose', purpose) });
    return text(use === 'onward' || use === 'other-purpose' ? `use.${use}` : `of.${use}`);
  };
}

/** Its limits and its reasons: everything that was said of it. */
export function PermissionTerms({ view }: { view: PermissionView }) {
  const text = useText(permissionsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const { portions } = view;
  return (
    <dl className={styles.terms}>
      {view.reason && (
        <div>
          <dt>
            {text('reason')}
            {shared('colon')}
          </dt>
          <dd dir="auto" className="same-side">
            {view.reason}
          </dd>
        </div>
      )}
      {portions && (
        <div>
          <dt>
            {text('portions')}
            {shared('colon')}
          </dt>
          <dd>
            {list(
              portions.map((index) => number(index + 1, language)),
              language,
            )}
          </dd>
        </div>
      )}
      {view.validUntil && (
        <div>
          <dt>
            {text(view.state === 'asked' || view.state === 'closed' ? 'wantedUntil' : 'validUntil')}
            {shared('colon')}
          </dt>
          <dd>
            <Day day={view.validUntil} />
          </dd>
        </div>
      )}
      {view.conditions && (
        <div>
          <dt>
            {text('conditions')}
            {shared('colon')}
          </dt>
          <dd dir="auto" className="same-side">
            {view.conditions}
          </dd>
        </div>
      )}
      {view.ground && (
        <div>
          <dt>
            {text('ground')}
            {shared('colon')}
          </dt>
          <dd>{fieldCaption('permission', `ground/${view.ground}`, language) ?? view.ground}</dd>
        </div>
      )}
      {view.explanation && (
        <div>
          <dt>
            {text('explanation')}
            {shared('colon')}
          </dt>
          <dd dir="auto" className="same-side">
            {view.explanation}
          </dd>
        </div>
      )}
    </dl>
  );
}

/** PRM-1: a permission names one revision; what to do about the one that came after it. */
export function AskAgain({ view }: { view: PermissionView }) {
  const text = useText(permissionsMessages);
  const language = useLanguage();
  const isUs = useIsUs();
  const { data: about } = useQuery(recordQuery(view.about));
  // Of what was withdrawn there is nothing more to ask for.
  if (view.state !== 'outdated' || about?.status !== 'active') return null;
  return (
    <p>{isUs(view.grantee) ? text('again.us') : text('again.them', { service: nameOf(view.grantee, language) })}</p>
  );
}

/** The uses that a record's handling box says no to: what there is to ask for. */
export function askableUses(mayNot: RecordView['handling']['mayNot']): readonly PermissionView['use'][] {
  const ofSentence: { readonly [sentence: string]: PermissionView['use'] } = {
    'pass-onward': 'onward',
    'use-in-court': 'judicial',
    publish: 'publication',
    'use-for-other-purpose': 'other-purpose',
  };
  return mayNot.flatMap((sentence) => ofSentence[sentence] ?? []);
}
