import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Api } from '#src/features/api.ts';
import type { Input } from '#src/features/contract.ts';
import { type Language, languages } from '#src/protocol/primitives.ts';
import { client } from '#src/web/api/client.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { DayField } from '#src/web/design/day-field.tsx';
import { Dialog, DialogActions, dialogForm } from '#src/web/design/dialog.tsx';
import { Fieldset } from '#src/web/design/fieldset.tsx';
import { ProblemNotice } from '#src/web/design/problem-notice.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { dayAfter } from '#src/web/i18n/format.ts';
import { directionOf, isLanguage, ownName } from '#src/web/i18n/languages.ts';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { useNow } from '#src/web/now.tsx';
import type { PartnerView } from '../contract.ts';
import { partnersMessages } from './messages.ts';
import styles from './proposal-dialog.module.css';

type Proposal = Input<Api['proposeAgreement']>['body'];
const purposes = ['terrorism-prevention', 'terrorism-investigation', 'organised-crime', 'border-security'] as const;
const levels = ['0', '1', '2', '3', '4'] as const;
const proposedMonths = 24;

export function ProposalDialog({ partner, onClose }: { partner: PartnerView; onClose: () => void }) {
  const text = useText(partnersMessages);
  const shared = useText(words);
  const spoken = useLanguage();
  const now = useNow();
  const { say } = useToasts();
  const service = nameOf(partner.service, spoken);
  const [language, setLanguage] = useState<Language>(spoken);
  const [title, setTitle] = useState('');
  const [terms, setTerms] = useState('');
  const [ceiling, setCeiling] = useState(3);
  const [compartments, setCompartments] = useState('');
  const [chosen, setChosen] = useState<Proposal['purposes']>([...purposes]);
  const [validFrom, setValidFrom] = useState<string | null>(dayAfter(now, 0));
  const [validUntil, setValidUntil] = useState<string | null>(dayAfter(now, proposedMonths));
  const [oversightIncluded, setOversightIncluded] = useState(false);
  const [legalBasis, setLegalBasis] = useState('');
  const [checked, setChecked] = useState(false);
  const propose = useWrite(
    (body: Proposal, options) => client.proposeAgreement({ params: { id: partner.service.id }, body }, options),
    () => {
      say(text('proposal.done', { service }));
      onClose();
    },
  );
  const daysFit = validFrom !== null && validUntil !== null && validFrom < validUntil;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!daysFit || chosen.length === 0 || !title.trim() || !terms.trim() || !legalBasis.trim()) return;
    propose.mutate({
      title: title.trim(),
      language,
      text: terms,
      ceiling,
      compartments: compartments
        .split(/[,،;؛]/)
        .map((one) => one.trim())
        .filter(Boolean),
      purposes: chosen,
      validFrom,
      validUntil,
      oversightIncluded,
      legalBasis: legalBasis.trim(),
    });
  };
  const missing = (value: string) => (checked && value.trim() === '' ? shared('required') : undefined);
  return (
    <Dialog title={text('proposal.title', { service })} onClose={onClose} wide>
      <form className={dialogForm} onSubmit={submit} noValidate>
        <p>{text('proposal.text')}</p>
        <div className={styles.opening}>
          <TextInput
            label={text('proposal.name')}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
            maxLength={300}
            lang={language}
            dir={directionOf(language)}
            error={missing(title)}
          />
          <NativeSelect
            label={text('proposal.language')}
            value={language}
            onChange={({ target }) => isLanguage(target.value) && setLanguage(target.value)}
            data={languages.map((value) => ({ value, label: ownName[value] }))}
          />
        </div>
        <Textarea
          label={text('proposal.terms')}
          value={terms}
          onChange={(event) => setTerms(event.target.value)}
          rows={7}
          maxLength={20_000}
          lang={language}
          dir={directionOf(language)}
          error={missing(terms)}
        />
        <div className={styles.pair}>
          <NativeSelect
            label={text('proposal.ceiling')}
            value={String(ceiling)}
            onChange={(event) => setCeiling(Number(event.target.value))}
            data={levels.map((value) => ({ value, label: shared(`level.${value}`) }))}
          />
          <TextInput
            label={text('proposal.compartments')}
            placeholder={text('proposal.compartmentsHint')}
            value={compartments}
            onChange={(event) => setCompartments(event.target.value)}
          />
        </div>
        <Fieldset
          legend={text('proposal.purposes')}
          error={checked && chosen.length === 0 ? text('proposal.purposesNeeded') : undefined}
        >
          {purposes.map((purpose) => (
            <Checkbox
              key={purpose}
              label={shared(`purpose.${purpose}`)}
              checked={chosen.includes(purpose)}
              onChange={(event) =>
                setChosen(event.target.checked ? [...chosen, purpose] : chosen.filter((one) => one !== purpose))
              }
            />
          ))}
        </Fieldset>
        <div className={styles.pair}>
          <DayField
            label={text('proposal.validFrom')}
            value={validFrom}
            onChange={setValidFrom}
            error={checked && !daysFit ? text('proposal.daysNeeded') : undefined}
          />
          <DayField label={text('proposal.validUntil')} value={validUntil} onChange={setValidUntil} />
        </div>
        <Checkbox
          label={text('proposal.oversight')}
          checked={oversightIncluded}
          onChange={(event) => setOversightIncluded(event.target.checked)}
        />
        <TextInput
          label={text('proposal.legalBasis')}
          value={legalBasis}
          onChange={(event) => setLegalBasis(event.target.value)}
          maxLength={200}
          error={missing(legalBasis)}
        />
        {propose.error && <ProblemNotice thrown={propose.error} />}
        <DialogActions>
          <Button type="submit" loading={propose.isPending}>
            {text('proposal.submit')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {shared('cancel')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
