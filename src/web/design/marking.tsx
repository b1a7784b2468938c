import { list } from '../i18n/format.ts';
import { useLanguage, useText } from '../i18n/use-text.ts';
import { words } from '../i18n/words.ts';
import styles from './marking.module.css';
import { type NamedService, nameOf } from './service-name.tsx';

export interface ShownMarking {
  readonly level: number;
  readonly compartments: readonly string[];
  readonly releasableTo: null | readonly NamedService[];
  readonly tlp?: string | undefined;
  readonly pap?: string | undefined;
}

/** The classification as its word in its colour. */
export function LevelWord({ level }: { level: number }) {
  const text = useText(words);
  return (
    <span className={styles.word} data-level={level}>
      {text.of('level', String(level))}
    </span>
  );
}

/** TLP and PAP as FIRST writes them: the label itself on black, in the label's colour. */
export function ProtocolLabel({ family, label }: { family: 'tlp' | 'pap'; label: string }) {
  const text = useText(words);
  return (
    <bdi className={styles.protocol} data-label={label} dir="ltr">
      {text.of(family, label)}
    </bdi>
  );
}

/** Whom the origin would give it to. */
export function Audience({ releasableTo }: { releasableTo: ShownMarking['releasableTo'] }) {
  const text = useText(words);
  const language = useLanguage();
  if (releasableTo === null) return <span>{text('forAnyPartner')}</span>;
  if (releasableTo.length === 0) return <span>{text('forNobody')}</span>;
  const services = list(
    releasableTo.map((one) => nameOf(one, language)),
    language,
  );
  return <span>{text('onlyFor', { services })}</span>;
}

/** Everything a marking says but its audience, in one line: word, compartments, protocol labels. */
export function MarkingLine({ marking }: { marking: ShownMarking }) {
  return (
    <span className={styles.line}>
      <LevelWord level={marking.level} />
      {marking.compartments.map((compartment) => (
        <bdi key={compartment} className={styles.compartment}>
          {compartment}
        </bdi>
      ))}
      {marking.tlp && <ProtocolLabel family="tlp" label={marking.tlp} />}
      {marking.pap && <ProtocolLabel family="pap" label={marking.pap} />}
    </span>
  );
}

/** Whether two markings are for the same services. */
export function isForTheSame(one: ShownMarking, other: ShownMarking): boolean {
  if (one.releasableTo === null || other.releasableTo === null) return one.releasableTo === other.releasableTo;
  const ids = new Set(other.releasableTo.map(({ code }) => code));
  return one.releasableTo.length === ids.size && one.releasableTo.every(({ code }) => ids.has(code));
}

/** The highest marking of what is on the page: at its head, on screen and on every printed page. */
export function MarkingBanner({ marking }: { marking: ShownMarking }) {
  const text = useText(words);
  return (
    <p className={styles.banner} data-level={marking.level}>
      <span className="visually-hidden">
        {text('marking')}
        {text('colon')}
      </span>
      <strong>{text.of('level', String(marking.level))}</strong>
      {marking.compartments.map((compartment) => (
        <bdi key={compartment}>{compartment}</bdi>
      ))}
      {marking.tlp && <ProtocolLabel family="tlp" label={marking.tlp} />}
      {marking.pap && <ProtocolLabel family="pap" label={marking.pap} />}
    </p>
  );
}
