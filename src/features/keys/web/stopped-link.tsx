import { Button } from '@mantine/core';
import { useState } from 'react';
import type { PartnerView } from '#src/features/partners/contract.ts';
import { ruleOfRefusal } from '#src/protocol/refusal.ts';
import { client } from '#src/web/api/client.ts';
import { isRefusalCode } from '#src/web/api/problem.ts';
import { useWrite } from '#src/web/api/use-write.ts';
import { useProblemSentences } from '#src/web/design/problem-notice.tsx';
import { ReasonDialog } from '#src/web/design/reason-dialog.tsx';
import { nameOf } from '#src/web/design/service-name.tsx';
import { useToasts } from '#src/web/design/toasts.tsx';
import { useLanguage, useText } from '#src/web/i18n/use-text.ts';
import { words } from '#src/web/i18n/words.ts';
import { keysMessages } from './messages.ts';
import styles from './stopped-link.module.css';

/** EXC-4: why nothing passes, what was kept, and how it goes on once officers have spoken. */
export default function StoppedLink({ partner }: { partner: PartnerView }) {
  const text = useText(keysMessages);
  const shared = useText(words);
  const language = useLanguage();
  const sentences = useProblemSentences();
  const [resuming, setResuming] = useState(false);
  const code = partner.link.stoppedBy;
  if (code === null) return null;
  const service = nameOf(partner.service, language);
  const known = isRefusalCode(code) ? sentences({ code, limit: null }) : null;
  return (
    <section aria-label={text('stopped.title')} className={styles.stopped}>
      <h2>{text('stopped.title')}</h2>
      {code === 'keys-contradict' ? <p>{text('stopped.contradict', { service })}</p> : <p>{known?.says ?? code}</p>}
      {known && <p>{known.next}</p>}
      <p className={styles.soft}>
        {text('stopped.kept')} {isRefusalCode(code) && shared('rule', { rule: ruleOfRefusal[code] })}{' '}
        <bdi dir="ltr">{code}</bdi>
      </p>
      {partner.allowed.includes('resume-link') && (
        <Button onClick={() => setResuming(true)}>{text('stopped.resume')}</Button>
      )}
      {resuming && <ResumeDialog partner={partner} onClose={() => setResuming(false)} />}
    </section>
  );
}

function ResumeDialog({ partner, onClose }: { partner: PartnerView; onClose: () => void }) {
  const text = useText(keysMessages);
  const language = useLanguage();
  const { say } = useToasts();
  const { id } = partner.service;
  const resume = useWrite(
    (reason: string, options) => client.resumeLink({ params: { id }, body: { reason } }, options),
    () => {
      say(text('stopped.resumed'));
      onClose();
    },
  );
  return (
    <ReasonDialog
      title={text('stopped.resumeTitle', { service: nameOf(partner.service, language) })}
      reasonLabel={text('stopped.resumeReason')}
      submitLabel={text('stopped.resume')}
      act={resume}
      onClose={onClose}
    >
      <p>{text('stopped.resumeText')}</p>
    </ReasonDialog>
  );
}
