import { Checkbox } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ReleasePreview } from '#src/features/compose/contract.ts';
import type { PartnerView } from '#src/features/partners/contract.ts';
import { client } from '#src/web/api/client.ts';
import { partnersQuery } from '#src/web/api/queries.ts';
import { ProblemNotice, RefusalLine } from '#src/web/design/problem-notice.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { useNow } from '#src/web/now.tsx';
import { requestsMessages } from './messages.ts';
import styles from './recipients.module.css';
import { previewInputOf, type RequestDraft } from './request-draft.ts';

const pauseMs = 350;

/** Whether each chosen partner would get the request, asked a moment after each change. */
export function usePreviews(draft: RequestDraft): {
  byRecipient: ReadonlyMap<string, ReleasePreview>;
  error: unknown;
} {
  const now = useNow();
  const [settled, setSettled] = useState(draft);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(draft), pauseMs);
    return () => clearTimeout(timer);
  }, [draft]);
  const asked = previewInputOf(settled, now);
  const { data, error } = useQuery({
    // Under the topic of partners: an agreement that begins or ends changes who would get it.
    queryKey: ['partners', 'request-preview', JSON.stringify(asked)],
    queryFn: ({ signal }) => (asked ? client.previewRelease({ body: asked }, { signal }) : []),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    retry: false,
  });
  return { byRecipient: new Map((data ?? []).map((preview) => [preview.recipient.id, preview])), error };
}

export function Recipients({
  chosen,
  onChange,
  previews,
  missing,
}: {
  chosen: readonly string[];
  onChange: (recipients: readonly string[]) => void;
  previews: ReturnType<typeof usePreviews>;
  missing: string | undefined;
}) {
  const text = useText(requestsMessages);
  const { data: partners, error } = useQuery(partnersQuery);
  return (
    <fieldset id="request-recipients" tabIndex={-1} className={styles.recipients}>
      <legend>
        <h2>{text('form.recipients')}</h2>
      </legend>
      <p className={styles.soft}>{text('form.recipientsHint')}</p>
      {missing && <p className={styles.missing}>{missing}</p>}
      {error && !partners && <ProblemNotice thrown={error} />}
      {partners?.length === 0 && <p>{text('form.noPartners')}</p>}
      <ul>
        {partners
          ?.filter((partner) => partner.revokedAt === null && partner.vouchedBy === null)
          .map((partner) => (
            <Recipient
              key={partner.service.id}
              partner={partner}
              isChosen={chosen.includes(partner.service.id)}
              preview={previews.byRecipient.get(partner.service.id)}
              onChoose={(on) =>
                onChange(on ? [...chosen, partner.service.id] : chosen.filter((id) => id !== partner.service.id))
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
  isChosen,
  preview,
  onChoose,
}: {
  partner: PartnerView;
  isChosen: boolean;
  preview: ReleasePreview | undefined;
  onChoose: (on: boolean) => void;
}) {
  const text = useText(requestsMessages);
  const shared = useText(words);
  const language = useLanguage();
  const agreement = partner.agreements.find(({ inForce }) => inForce);
  const standing =
    partner.confirmedAt === null
      ? text('form.notConfirmed')
      : agreement
        ? shared.of('level', String(agreement.ceiling))
        : text('form.noAgreement');
  return (
    <li className={styles.recipient}>
      <Checkbox
        label={nameOf(partner.service, language)}
        description={isChosen ? undefined : standing}
        checked={isChosen}
        onChange={(event) => onChoose(event.target.checked)}
      />
      {isChosen && (
        <div className={styles.gets} aria-live="polite">
          {preview ? <Gets preview={preview} /> : <p className={styles.soft}>{text('form.waiting')}</p>}
        </div>
      )}
    </li>
  );
}

/** Whether one partner gets the request, and why not. */
export function Gets({ preview }: { preview: ReleasePreview }) {
  const text = useText(requestsMessages);
  const why = preview.refusal ? [preview.refusal] : preview.withheld.slice(0, 1);
  const outcome = preview.portions.length === 0 ? 'getsNothing' : why.length > 0 ? 'getsPart' : 'gets';
  const tone = { gets: styles.whole, getsPart: styles.part, getsNothing: styles.nothing }[outcome];
  return (
    <>
      <p className={tone}>{text(`form.${outcome}`)}</p>
      {why.map(({ code, rule }) => (
        <p key={code} className={styles.soft}>
          <RefusalLine code={code} rule={rule} />
        </p>
      ))}
    </>
  );
}
