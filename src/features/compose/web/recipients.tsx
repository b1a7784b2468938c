import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { PartnerView } from '#src/features/partners/contract.ts';
import { partnersQuery } from '#src/web/api/queries.ts';
import { ProblemNotice, RefusalLine } from '#src/web/design/problem-notice.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import type { ReleasePreview } from '../contract.ts';
import type { Draft } from './draft.ts';
import { composeMessages } from './messages.ts';
import styles from './recipients.module.css';
import type { DraftDesk } from './use-draft.ts';
import type { Previews } from './use-previews.ts';

export function Recipients({
  draft,
  change,
  previews,
  missing,
}: {
  draft: Draft;
  change: DraftDesk['change'];
  previews: Previews;
  missing: boolean;
}) {
  const text = useText(composeMessages);
  const { data: partners, error } = useQuery(partnersQuery);
  return (
    <fieldset id="compose-recipients" className={styles.recipients}>
      <legend>
        <h2>{text('field.recipients')}</h2>
      </legend>
      <p className={styles.soft}>{text('recipientsHint')}</p>
      {missing && <p className={styles.missing}>{text('problems.missing.recipients')}</p>}
      {error && !partners && <ProblemNotice thrown={error} />}
      {partners?.length === 0 && <p>{text('noPartners')}</p>}
      <ul>
        {partners
          ?.filter((partner) => partner.revokedAt === null && partner.vouchedBy === null)
          .map((partner) => (
            <Recipient
              key={partner.service.id}
              partner={partner}
              chosen={draft.recipients.includes(partner.service.id)}
              preview={previews.byRecipient.get(partner.service.id)}
              onChoose={(on) =>
                change((now) => ({
                  recipients: on
                    ? [...now.recipients, partner.service.id]
                    : now.recipients.filter((id) => id !== partner.service.id),
                }))
              }
            />
          ))}
      </ul>
      {previews.error !== null && previews.error !== undefined && <ProblemNotice thrown={previews.error} />}
    </fieldset>
  );
}

function Recipient({
  partner,
  chosen,
  preview,
  onChoose,
}: {
  partner: PartnerView;
  chosen: boolean;
  preview: ReleasePreview | undefined;
  onChoose: (on: boolean) => void;
}) {
  const text = useText(composeMessages);
  const shared = useText(words);
  const language = useLanguage();
  const agreement = partner.agreements.find(({ inForce }) => inForce);
  const standing =
    partner.confirmedAt === null
      ? text('partner.unconfirmed')
      : agreement
        ? shared.of('level', String(agreement.ceiling))
        : text('partner.noAgreement');
  return (
    <li className={styles.recipient}>
      <Checkbox
        label={nameOf(partner.service, language)}
        description={chosen ? undefined : standing}
        checked={chosen}
        onChange={(event) => onChoose(event.target.checked)}
      />
      {chosen && (
        <div className={styles.preview} aria-live="polite">
          {preview ? <Gets preview={preview} /> : <p className={styles.soft}>{text('preview.waiting')}</p>}
        </div>
      )}
    </li>
  );
}

/** What one partner gets, in one sentence and, where it is not all, why. */
export function Gets({ preview }: { preview: ReleasePreview }) {
  const text = useText(composeMessages);
  if (preview.refusal) {
    return (
      <p className={styles.nothing}>
        <strong>{text('preview.nothing')}</strong>
        <br />
        <RefusalLine code={preview.refusal.code} rule={preview.refusal.rule} />
      </p>
    );
  }
  const all = preview.portions.length + preview.withheld.length;
  if (preview.withheld.length === 0)
    return <p className={styles.whole}>{text('preview.whole', { count: preview.portions.length })}</p>;
  return (
    <>
      <p className={styles.part}>{text('preview.part', { given: preview.portions.length, count: all })}</p>
      <ul className={styles.soft}>
        {preview.withheld.map(({ portion, rule }) => (
          <li key={portion}>
            {text('preview.withheld', { number: portion + 1 })} <bdi>({rule})</bdi>
          </li>
        ))}
      </ul>
    </>
  );
}
