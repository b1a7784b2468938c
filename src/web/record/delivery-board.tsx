import { Link } from '@tanstack/react-router';
import { type Delivery, deliverySteps } from '#src/features/contract.ts';
import { RefusalLine } from '../design/problem-notice.tsx';
import { nameOf } from '../design/service-name.tsx';
import { When } from '../design/when.tsx';
import { useLanguage, useText } from '../i18n/use-text.ts';
import styles from './delivery-board.module.css';
import { fieldCaption } from './kind-captions.ts';
import { recordWords } from './messages.ts';
import { Steps } from './steps.tsx';

type Step = (typeof deliverySteps)[number];

const timeOf = (delivery: Delivery, step: Step): string | null =>
  ({
    queued: delivery.queuedAt,
    delivered: delivery.deliveredAt,
    read: delivery.readAt,
    decided: delivery.decidedAt,
    outcome: delivery.outcomeAt,
  })[step];

/** Per recipient, how far it is: queued → delivered → read → decided → outcome, each step with its time. */
export function DeliveryBoard({ deliveries }: { deliveries: readonly Delivery[] }) {
  const text = useText(recordWords);
  return (
    <section aria-label={text('board.title')} className={styles.board}>
      <h2>{text('board.title')}</h2>
      {deliveries.map((delivery) => (
        <RecipientRow key={delivery.recipient.id} delivery={delivery} />
      ))}
    </section>
  );
}

function RecipientRow({ delivery }: { delivery: Delivery }) {
  const text = useText(recordWords);
  const language = useLanguage();
  const steps = deliverySteps.filter((step) => !delivery.refusal || timeOf(delivery, step) !== null);
  return (
    <article className={styles.recipient}>
      <header>
        <h3>{text('board.to', { service: nameOf(delivery.recipient, language) })}</h3>
        {delivery.portionsWithheld > 0 && (
          <span className={styles.soft}>{text('board.withheld', { count: delivery.portionsWithheld })}</span>
        )}
      </header>
      <Steps
        steps={steps.map((step) => ({
          key: step,
          word: text(`board.step.${step}`),
          at: timeOf(delivery, step),
          detail: <Answered delivery={delivery} step={step} />,
        }))}
      />
      {delivery.refusal && (
        <p className={styles.refusal}>
          <strong>{text(delivery.refusal.by === 'us' ? 'board.refusedByUs' : 'board.refusedByThem')}</strong>{' '}
          <span className={styles.soft}>
            <When at={delivery.refusal.at} />
          </span>
          <br />
          <RefusalLine code={delivery.refusal.code} rule={delivery.refusal.rule} />
        </p>
      )}
    </article>
  );
}

/** The record in which a recipient decided or reported. */
function Answered({ delivery: { decision, outcome }, step }: { delivery: Delivery; step: Step }) {
  const language = useLanguage();
  if (step === 'decided' && decision) {
    return (
      <Link to="/records/$id" params={{ id: decision.record }}>
        {fieldCaption('disposition', `decision/${decision.decision}`, language) ?? decision.decision}
      </Link>
    );
  }
  if (step === 'outcome' && outcome) {
    return (
      <Link to="/records/$id" params={{ id: outcome.record }}>
        {fieldCaption('outcome', 'results', language)}
      </Link>
    );
  }
  return null;
}
